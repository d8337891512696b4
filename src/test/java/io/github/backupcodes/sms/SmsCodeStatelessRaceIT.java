package io.github.backupcodes.sms;

import io.github.backupcodes.emailcode.StatelessCluster;
import io.github.backupcodes.support.server.Cluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;

/** With challenges, tries and limits in the database, in the transaction of each request. */
@Tag("databases")
@ResourceLock(StatelessCluster.LOCK)
class SmsCodeStatelessRaceIT extends SmsCodeRaceTests {

    @Override
    Cluster cluster() {
        return StatelessCluster.get();
    }
}
