package io.github.backupcodes.emailcode;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.TestProviders;

/**
 * The one cluster with the feature {@code stateless}. It starts with its first user and ends with the JVM. Test classes that use it hold
 * {@code @ResourceLock(StatelessCluster.LOCK)}.
 */
final class StatelessCluster {

    /** The name of the lock. */
    static final String LOCK = "stateless cluster";

    private StatelessCluster() {}

    /** The cluster, started if need be. The test is skipped where Keycloak keeps single-use objects in Infinispan alone. */
    static Cluster get() {
        BuildFiles.onKeycloakSince("26.7", "the single-use objects are in Infinispan");
        return Holder.CLUSTER;
    }

    private static final class Holder {
        private static final Cluster CLUSTER = Cluster.named("email-code-stateless")
                .providers(TestProviders.jar())
                .options(
                        "--features=stateless",
                        "--metrics-enabled=true",
                        "--spi-sms-sender--http--allowed-hosts=127.0.0.1",
                        "--spi-credential--email-code--store-count-seconds=1",
                        "--spi-single-use-object--jpa--expiration-task-interval-seconds=2")
                .start();
    }
}
