package io.github.backupcodes.emailcode;

import io.github.backupcodes.support.server.Cluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;

/** With challenges in the database, which outlive all nodes. */
@Tag("databases")
@ResourceLock(StatelessCluster.LOCK)
class EmailCodeStatelessRestartIT extends EmailCodeRestartTests {

    @Override
    Cluster cluster() {
        return StatelessCluster.get();
    }

    @Override
    boolean keepsChallenges() {
        return true;
    }
}
