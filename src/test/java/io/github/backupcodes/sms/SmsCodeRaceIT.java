package io.github.backupcodes.sms;

import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.SharedCluster;
import org.junit.jupiter.api.parallel.ResourceLock;

/** With PostgreSQL and the embedded Infinispan. */
@ResourceLock(SharedCluster.LOCK)
class SmsCodeRaceIT extends SmsCodeRaceTests {

    @Override
    Cluster cluster() {
        return SharedCluster.get();
    }
}
