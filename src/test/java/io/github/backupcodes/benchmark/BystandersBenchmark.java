package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.Postgres;
import io.github.backupcodes.support.TestRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What those pay who do not use a code: realms as the set-up call leaves them, with users asked for codes where they have none
 * (the default), beside realms with nothing of the extension, on the same server.
 */
@Isolated("it measures time")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BystandersBenchmark {

    private static final int TURN = 32;
    private static final int CONNECTIONS = 4;
    private static final int USERS = 200;
    private static final String OTP = "sign-in with OTP, flow with the extension, user with 10 codes / without";
    private static final String OTP_BUILT_IN =
            "sign-in with OTP, flow with Keycloak recovery codes, user with 12 codes / without (Keycloak’s own share)";
    private static final String PASSWORD =
            "sign-in of a user without a second factor, required actions and flow of the extension / without";

    private final List<Row> rows = new ArrayList<>();
    private Postgres postgres;
    private Stage stage;

    @BeforeAll
    void setUp() {
        postgres = Postgres.start();
        stage = Stage.start("benchmark", postgres);
    }

    @AfterAll
    void tearDown() {
        stage.close();
        postgres.close();
        Rows.write("bystanders", rows);
    }

    @Test
    void otp() {
        TestRealm with = with();
        TestRealm builtIn = BenchmarkRealm.withRecoveryCodes(stage.server());
        TestRealm without = BenchmarkRealm.withCopiedFlow(stage.server());
        Side recovery = side(
                "recovery codes",
                builtIn,
                ReadyUsers.withRecoveryCodes(stage.database(), builtIn, USERS),
                SignIns::byOtp);
        Side none = side("without", without, ReadyUsers.withOtp(stage.database(), without, USERS), SignIns::byOtp);
        PairedRuns runs = compare(
                70,
                OTP,
                side("with", with, ReadyUsers.withBackupCodes(stage.database(), with, USERS), SignIns::byOtp),
                none,
                recovery);
        rows.add(new Comparison(runs, recovery, none, none).byAllocation(73, OTP_BUILT_IN, ""));
    }

    @Test
    void passwordAlone() {
        TestRealm with = with();
        TestRealm without = BenchmarkRealm.withCopiedFlow(stage.server());
        compare(
                80,
                PASSWORD,
                side("with", with, ReadyUsers.withPassword(stage.database(), with, USERS), SignIns::byPassword),
                side(
                        "without",
                        without,
                        ReadyUsers.withPassword(stage.database(), without, USERS),
                        SignIns::byPassword));
    }

    private TestRealm with() {
        return BenchmarkRealm.withBackupCodes(stage.server(), BackupCodesNames.AUTHENTICATOR, Map.of());
    }

    private Side side(String name, TestRealm realm, ReadyUsers users, BiFunction<SignIns, ReadyUsers, Task> way) {
        return new Side(name, stage.meter(), way.apply(SignIns.to(realm), users));
    }

    private PairedRuns compare(int order, String what, Side with, Side without, Side... others) {
        Side again = new Side("without, again", without.meter(), without.task());
        List<Side> sides = new ArrayList<>(List.of(with, without, again));
        sides.addAll(List.of(others));
        PairedRuns.warmUp(sides);
        PairedRuns runs = PairedRuns.of(sides, TURN, CONNECTIONS);
        Comparison comparison = new Comparison(runs, with, without, again);
        rows.add(comparison.rate(order, what, ">= 0.99"));
        rows.add(comparison.byCpu(order + 1, what, ">= 0.99"));
        rows.add(comparison.byAllocation(order + 2, what, ">= 0.99"));
        return runs;
    }
}
