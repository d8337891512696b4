package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.TestRealm;
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
    private static final String OTP = "sign-in with OTP, flow with the extension and 10 codes held / without";
    private static final String OTP_BUILT_IN =
            "sign-in with OTP, flow with Keycloak’s recovery codes and 12 held / without (Keycloak’s own share)";
    private static final String PASSWORD =
            "sign-in of a user without a second factor, required actions and flow of the extension / without";

    private final List<BenchmarkRow> rows = new ArrayList<>();
    private Postgres postgres;
    private BenchmarkServer server;

    @BeforeAll
    void setUp() {
        postgres = Postgres.start();
        server = BenchmarkServer.start("benchmark", postgres);
    }

    @AfterAll
    void tearDown() {
        server.close();
        postgres.close();
        BenchmarkRows.write("bystanders", rows);
    }

    @Test
    void otp() {
        TestRealm with = with();
        TestRealm builtIn = BenchmarkRealm.withRecoveryCodes(server.server());
        TestRealm without = BenchmarkRealm.withCopiedFlow(server.server());
        Variant recovery = side(
                "recovery codes",
                builtIn,
                ReadyUsers.withRecoveryCodes(server.database(), builtIn, USERS),
                SignIns::byOtp);
        Variant none = side("without", without, ReadyUsers.withOtp(server.database(), without, USERS), SignIns::byOtp);
        PairedRuns runs = compare(
                70,
                OTP,
                side("with", with, ReadyUsers.withBackupCodes(server.database(), with, USERS), SignIns::byOtp),
                none,
                recovery);
        rows.add(new VariantComparison(runs, recovery, none, none).byAllocation(73, OTP_BUILT_IN, ""));
    }

    @Test
    void passwordAlone() {
        TestRealm with = with();
        TestRealm without = BenchmarkRealm.withCopiedFlow(server.server());
        compare(
                80,
                PASSWORD,
                side("with", with, ReadyUsers.withPassword(server.database(), with, USERS), SignIns::byPassword),
                side(
                        "without",
                        without,
                        ReadyUsers.withPassword(server.database(), without, USERS),
                        SignIns::byPassword));
    }

    private TestRealm with() {
        return BenchmarkRealm.withBackupCodes(server.server(), BackupCodesNames.AUTHENTICATOR, Map.of());
    }

    private Variant side(
            String name, TestRealm realm, ReadyUsers users, BiFunction<SignIns, ReadyUsers, BenchmarkTask> way) {
        return new Variant(name, server.meter(), way.apply(SignIns.to(realm), users));
    }

    private PairedRuns compare(int order, String what, Variant with, Variant without, Variant... others) {
        Variant again = new Variant("without, again", without.meter(), without.task());
        List<Variant> sides = new ArrayList<>(List.of(with, without, again));
        sides.addAll(List.of(others));
        PairedRuns.warmUp(sides);
        PairedRuns runs = PairedRuns.of(sides, TURN, CONNECTIONS);
        VariantComparison comparison = new VariantComparison(runs, with, without, again);
        rows.add(comparison.rate(order, what, ">= 0.99"));
        rows.add(comparison.byCpu(order + 1, what, ">= 0.99"));
        rows.add(comparison.byAllocation(order + 2, what, ">= 0.99"));
        return runs;
    }
}
