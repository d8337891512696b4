package io.github.backupcodes.benchmark;

import io.github.backupcodes.benchmark.SignIns.CodeForm;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.Cluster;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Signing in with a code at a cluster of two nodes, beside one node of its own on the same PostgreSQL. Each sign-in stays at the
 * node where it began, as behind a load balancer with sticky sessions. All share the cores of this machine, so that CPU time tells
 * more than sign-ins a second.
 */
@Isolated("it measures time")
class NodesBenchmark {

    private static final String WHAT = "code sign-ins, two nodes / one node";
    private static final int CONNECTIONS = 4;

    @Test
    void twoNodes() {
        try (Cluster cluster = Cluster.named("benchmark-node")
                        .options("--metrics-enabled=true")
                        .fullSpeed()
                        .start();
                Stage alone = Stage.start("benchmark", cluster.postgres())) {
            Side two = side(
                    "two nodes",
                    new Database(cluster.postgres(), cluster.database()),
                    cluster.nodes(),
                    new ServerMeter(cluster.nodes(), cluster.postgres(), null),
                    1);
            Side one = side("one node", alone.database(), List.of(alone.server()), alone.meter(), 2);
            Side again = new Side("one node again", one.meter(), one.task());
            List<Side> sides = List.of(two, one, again);
            PairedRuns.warmUp(sides);
            PairedRuns runs = PairedRuns.of(sides, CONNECTIONS);
            Comparison comparison = new Comparison(runs, two, one, again);
            Rows.write(
                    "nodes",
                    List.of(
                            comparison.rate(120, WHAT, ""),
                            comparison.row(121, WHAT + ", CPU time for each", "<= 1.10", Block::cpu)));
        }
    }

    private static Side side(
            String name, Database database, List<KeycloakServer> nodes, ServerMeter meter, int shares) {
        TestRealm realm = BenchmarkRealm.withBackupCodes(nodes.get(0), BackupCodesNames.AUTHENTICATOR, Map.of());
        ReadyUsers users =
                ReadyUsers.withBackupCodes(database, realm, ReadyUsers.forCodes(shares * PairedRuns.signIns(1)));
        return new Side(name, meter, new SignIns(realm, nodes).byCode(users, CodeForm.ofBackupCodes(realm)));
    }
}
