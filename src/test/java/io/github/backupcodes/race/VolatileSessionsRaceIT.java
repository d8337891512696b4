package io.github.backupcodes.race;

import io.github.backupcodes.support.server.Cluster;
import org.junit.jupiter.api.Tag;

/**
 * Two nodes that keep the sessions of users in memory alone.
 */
@Tag("databases")
class VolatileSessionsRaceIT extends ServerSetupRaceTests {

    @Override
    String ground() {
        return "two nodes, PostgreSQL, persistent-user-sessions off";
    }

    @Override
    ServerSetup build() {
        return ServerSetup.of(Cluster.named("volatile").options("--features-disabled=persistent-user-sessions"));
    }
}
