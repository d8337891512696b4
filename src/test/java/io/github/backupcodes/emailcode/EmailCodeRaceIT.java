package io.github.backupcodes.emailcode;

import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.SharedCluster;
import org.junit.jupiter.api.parallel.ResourceLock;

/** With PostgreSQL and the embedded Infinispan. */
@ResourceLock(SharedCluster.LOCK)
class EmailCodeRaceIT extends EmailCodeRaceTests {

    @Override
    Cluster cluster() {
        return SharedCluster.get();
    }
}
