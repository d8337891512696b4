package io.github.backupcodes.benchmark;

import io.github.backupcodes.benchmark.SignIns.CodeForm;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
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

    private static final String WHAT = "%s sign-ins, two nodes / one node%s";
    private static final int CONNECTIONS = 4;

    @Test
    void twoNodes() {
        try (Cluster cluster = Cluster.named("benchmark-node")
                        .options("--metrics-enabled=true")
                        .fullSpeed()
                        .start();
                BenchmarkServer alone = BenchmarkServer.start("benchmark", cluster.postgres())) {
            Nodes two = new Nodes(
                    new DatabaseStatistics(cluster.postgres(), cluster.database()),
                    cluster.nodes(),
                    new ServerMeter(cluster.nodes(), cluster.postgres(), null));
            Nodes one = new Nodes(alone.database(), List.of(alone.server()), alone.meter());
            Variant codesOnTwo = two.backupCodes(1);
            Variant codesOnOne = one.backupCodes(2);
            Variant again = new Variant("one node again", codesOnOne.meter(), codesOnOne.task());
            Variant builtInOnTwo = two.recoveryCodes();
            Variant builtInOnOne = one.recoveryCodes();
            List<Variant> sides = List.of(codesOnTwo, codesOnOne, builtInOnTwo, builtInOnOne, again);
            PairedRuns.warmUp(sides);
            PairedRuns runs = PairedRuns.of(sides, CONNECTIONS);
            VariantComparison codes = new VariantComparison(runs, codesOnTwo, codesOnOne, again);
            VariantComparison builtIn = new VariantComparison(runs, builtInOnTwo, builtInOnOne, builtInOnOne);
            BenchmarkRows.write(
                    "nodes",
                    List.of(
                            codes.rate(120, WHAT.formatted("code", ""), ""),
                            codes.row(
                                    121, WHAT.formatted("code", ", CPU time per sign-in"), "<= 1.10", Measurement::cpu),
                            builtIn.row(
                                    122,
                                    WHAT.formatted(
                                            "Keycloak recovery code", " (Keycloak’s own share), CPU time per sign-in"),
                                    "",
                                    Measurement::cpu)));
        }
    }

    /** Servers that are one to those who sign in. */
    private record Nodes(DatabaseStatistics database, List<KeycloakServer> servers, ServerMeter meter) {

        Variant backupCodes(int shares) {
            TestRealm realm = BenchmarkRealm.withBackupCodes(servers.get(0), BackupCodesNames.AUTHENTICATOR, Map.of());
            ReadyUsers people = ReadyUsers.withBackupCodes(database, realm, users(shares));
            // as many requests as with recovery codes
            BenchmarkRealm.withoutPageAfterUse(realm);
            return side(realm, people, CodeForm.ofBackupCodes(realm));
        }

        Variant recoveryCodes() {
            TestRealm realm = BenchmarkRealm.withRecoveryCodes(servers.get(0));
            return side(
                    realm, ReadyUsers.withRecoveryCodes(database, realm, users(1)), CodeForm.ofRecoveryCodes(realm));
        }

        private Variant side(TestRealm realm, ReadyUsers users, CodeForm form) {
            return new Variant(servers.size() + " nodes", meter, new SignIns(realm, servers).byCode(users, form));
        }

        private static int users(int shares) {
            return ReadyUsers.forCodes(shares * PairedRuns.signIns(1));
        }
    }
}
