package io.github.backupcodes.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.benchmark.SignIns.CodeForm;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.Postgres;
import io.github.backupcodes.support.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it measures time")
class SignInBenchmark {

    @Test
    void smoke() {
        try (Postgres postgres = Postgres.start();
                Stage stage = Stage.start("benchmark", postgres)) {
            int users = ReadyUsers.forCodes(PairedRuns.signIns(1));
            TestRealm own = BenchmarkRealm.withBackupCodes(stage.server(), BackupCodesNames.AUTHENTICATOR, Map.of());
            ReadyUsers owners = ReadyUsers.withBackupCodes(stage, own, users);
            TestRealm builtIn = BenchmarkRealm.withRecoveryCodes(stage.server());
            ReadyUsers others = ReadyUsers.withRecoveryCodes(stage, builtIn, users);
            TestRealm one = BenchmarkRealm.withBackupCodes(stage.server(), BackupCodesNames.ONE_FIELD, Map.of());
            ReadyUsers ones = ReadyUsers.withBackupCodes(stage, one, users);
            Side a = new Side("own", stage.meter(), SignIns.to(own).byCode(owners, CodeForm.ofBackupCodes(own)));
            Side b = new Side(
                    "built-in",
                    stage.meter(),
                    SignIns.to(builtIn).byCode(others, CodeForm.ofRecoveryCodes(builtIn)));
            Side c = new Side("one field", stage.meter(), SignIns.to(one).byOneField(ones));
            List<Side> sides = List.of(a, b, c);
            long t = System.nanoTime();
            PairedRuns.warmUp(sides);
            System.out.println("warm " + (System.nanoTime() - t) / 1e9);
            PairedRuns runs = PairedRuns.of(sides, 4);
            for (Side side : sides) {
                System.out.printf(
                        "%s rate %.1f time %.4f cpu %.4f alloc %.0f hash %.4f driver %.4f%n",
                        side.name(),
                        runs.mean(side, Block::rate),
                        runs.mean(side, Block::time),
                        runs.mean(side, Block::cpu),
                        runs.mean(side, Block::allocated),
                        runs.mean(side, Block::hash),
                        runs.mean(side, block -> block.driver().toNanos() / 1e9 / block.times().size()));
            }
            assertThat(runs.of(a)).isNotEmpty();
        }
    }
}
