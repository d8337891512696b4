package io.github.backupcodes.race;

import io.github.backupcodes.support.Cluster;
import io.github.backupcodes.support.Infinispan;
import org.junit.jupiter.api.Tag;

/**
 * Two nodes that keep sign-ins in progress, counters of failures and used tokens in an Infinispan outside, as two sites do.
 */
@Tag("databases")
class MultiSiteRaceIT extends StandTests {

    @Override
    String ground() {
        return "two nodes, PostgreSQL and Infinispan, multi-site";
    }

    @Override
    Stand build() {
        Infinispan outside = Infinispan.start();
        Stand nodes = Stand.of(Cluster.named("multi-site")
                .apart()
                .options("--features=multi-site")
                .options(outside.options()));
        return new Stand(nodes.nodes(), () -> {
            nodes.close();
            outside.close();
        });
    }
}
