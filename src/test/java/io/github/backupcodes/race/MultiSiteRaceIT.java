package io.github.backupcodes.race;

import io.github.backupcodes.support.database.Infinispan;
import io.github.backupcodes.support.server.Cluster;
import org.junit.jupiter.api.Tag;

/**
 * Two nodes that keep sign-ins in progress, counters of failures and used tokens in an Infinispan outside, as two sites do.
 */
@Tag("databases")
class MultiSiteRaceIT extends ServerSetupRaceTests {

    @Override
    String ground() {
        return "two nodes, PostgreSQL and Infinispan, multi-site";
    }

    @Override
    ServerSetup build() {
        Infinispan outside = Infinispan.start();
        ServerSetup nodes = ServerSetup.of(Cluster.named("multi-site")
                .apart()
                .options("--features=multi-site")
                .options(outside.options()));
        return new ServerSetup(nodes.nodes(), () -> {
            nodes.close();
            outside.close();
        });
    }
}
