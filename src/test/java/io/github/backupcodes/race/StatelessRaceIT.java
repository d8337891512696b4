package io.github.backupcodes.race;

import io.github.backupcodes.support.server.Cluster;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;

/**
 * Two nodes that keep sign-ins in progress, counters of failures and used tokens in the database, and no user in a cache.
 */
@Tag("databases")
class StatelessRaceIT extends ServerSetupRaceTests {

    @Override
    String ground() {
        return "two nodes, PostgreSQL, stateless";
    }

    @Override
    ServerSetup build() {
        return ServerSetup.of(Cluster.named("stateless").options("--features=stateless"));
    }

    /** Such a user cannot be given codes: without a user cache Keycloak's admin REST ends every change with an error. */
    @Override
    RaceUsers people(UserOrigin origin) {
        Assumptions.assumeFalse(
                origin == UserOrigin.READ_ONLY, "a user whom only the user cache lets the admin REST change");
        return super.people(origin);
    }
}
