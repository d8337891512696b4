package io.github.backupcodes.support.server;

/**
 * The one cluster of two nodes over PostgreSQL. It starts with its first user and ends with the JVM. Test classes that use it hold
 * {@code @ResourceLock(SharedCluster.LOCK)}.
 */
public final class SharedCluster {

    /** The name of the lock. */
    public static final String LOCK = "cluster";

    /** How many connections to the database each node has. */
    public static final int CONNECTIONS = 12;

    private SharedCluster() {}

    /** The cluster, started if need be. */
    public static Cluster get() {
        return Holder.CLUSTER;
    }

    private static final class Holder {
        private static final Cluster CLUSTER = Cluster.named(LOCK)
                .connections(CONNECTIONS)
                .providers(TestProviders.jar())
                .options(
                        "--spi-credential--backup-codes--expiry-check-seconds=3",
                        "--http-access-log-enabled=true",
                        // behind a proxy that passes on what the client has sent
                        "--proxy-headers=xforwarded",
                        // the gateways of tests are on loopback
                        "--spi-sms-sender--http--allowed-hosts=127.0.0.1",
                        "--metrics-enabled=true",
                        // gateways of tests
                        "--spi-sms-sender--http--allowed-hosts=127.0.0.1",
                        "--log-level=INFO,io.github.backupcodes:TRACE,org.keycloak.events:DEBUG,"
                                + "org.keycloak.authentication:TRACE,org.keycloak.credential:TRACE")
                .start();
    }
}
