package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Two nodes over PostgreSQL with an older build of the extension ({@code -Dold.jar=<its jar>}) get this one, one node after the
 * other, then one of them the older again, while sign-ins with codes go on, every second code at two sessions at once. A
 * node is taken out of the load before it is stopped, as any load balancer does. Nothing fails, and no code lets two in. The
 * table is in {@code target/rolling-update.md}.
 */
@Isolated
@EnabledIfSystemProperty(named = "old.jar", matches = ".+")
class RollingUpdateIT {

    private static final RaceTable TABLE = new RaceTable(
            "rolling-update.md",
            "step",
            "codes tried",
            "granted",
            "granted twice",
            "not used, good afterwards",
            "refused as used",
            "failures",
            "longest code step s");

    private static final int USERS = 48;

    /** For each user as many as a set may have; of all of them more than are used up while a node starts. */
    private static final int CODES = 50;

    private static final int ANSWERS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void nobodyNoticesAndNoCodeWorksTwice() {
        Path old = Path.of(System.getProperty("old.jar", "")).toAbsolutePath();
        Path present = BuildFiles.extension();
        try (Cluster cluster = Cluster.named("rolling").extension(old).start();
                RaceUsers users = new LocalRaceUsers(cluster.nodes().get(0))) {
            step(cluster, users, "old and old: the first gets the new one", 0, present);
            step(cluster, users, "new and old: the second gets the new one", 1, present);
            step(cluster, users, "new and new: the first gets the old one back", 0, old);
            step(cluster, users, "old and new: the first gets the new one again", 0, present);
        }
    }

    /**
     * The first node takes the sets into its database before it is replaced, both write them. The load goes on before, during
     * and after; then each code is tried once more, at both nodes in turn.
     */
    private static void step(Cluster cluster, RaceUsers users, String what, int number, Path jar) {
        CodeLedger codeLedger = new CodeLedger(
                IntStream.range(0, USERS)
                        .mapToObj(user -> users.member(CODES, true))
                        .toList(),
                CODES);
        List<KeycloakServer> live = new CopyOnWriteArrayList<>(cluster.nodes());
        try (SignInLoad signIns = new SignInLoad(users, live, codeLedger)) {
            signIns.start();
            someAnswers(codeLedger);
            signIns.drain(cluster.nodes().get(number));
            live.add(cluster.update(number, jar));
            someAnswers(codeLedger);
            signIns.stop();
        }
        CodeAudit audit = new CodeAudit(users, cluster.nodes(), cluster.postgres(), cluster.database());
        audit.check(codeLedger.tried());
        long failures = codeLedger.serverErrors() + codeLedger.otherErrors();
        TABLE.add(List.of(
                what,
                codeLedger.tried().size(),
                audit.granted(),
                audit.twice(),
                audit.stillGood(),
                codeLedger
                        .outcomes()
                        .filter(outcome -> outcome.refusedWith(RefusalMessage.USED))
                        .count(),
                failures,
                Math.round(codeLedger.longest().toMillis() / 100.0) / 10.0));
        assertThat(codeLedger.errors()).isEmpty();
        assertThat(failures).isZero();
        assertThat(audit.faults()).isEmpty();
        assertThat(audit.granted()).isPositive();
    }

    private static void someAnswers(CodeLedger codeLedger) {
        int enough = codeLedger.answers() + ANSWERS;
        Awaitility.await("answers").atMost(LIMIT).until(() -> codeLedger.answers() >= enough);
    }
}
