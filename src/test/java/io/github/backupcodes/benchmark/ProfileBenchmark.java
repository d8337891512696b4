package io.github.backupcodes.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Where the server spends its time while people sign in: with a code, with one of Keycloak's recovery codes, with an OTP, and
 * without a second factor; with passwords hashed cheaply, for their hash would cover the rest. By Java Flight Recorder;
 * {@code target/benchmark/profile.md} has what is ours.
 */
class ProfileBenchmark {

    private static final Predicate<String> OURS = method -> method.startsWith("io.github.backupcodes.");
    private static final Predicate<String> CODE_STEP =
            "io.github.backupcodes.signin.BackupCodeFormAuthenticator.action"::equals;
    private static final Predicate<String> HASH =
            "org.bouncycastle.crypto.generators.Argon2BytesGenerator.generateBytes"::equals;
    private static final Predicate<String> BUILT_IN_STEP =
            "org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticator.action"::equals;
    private static final Predicate<String> TRIGGERS = OURS.and(method -> method.endsWith(".evaluateTriggers"));
    private static final String PASSWORD = "correct horse battery staple";

    /** Of 50 and of 12: the last one leads to a page that asks for new ones. */
    private static final int CODES = 49;

    private static final int RECOVERY_CODES = 11;
    private static final int TOP = 15;

    private static final int SIGN_INS = Math.max(20, PairCount.orElse(8) * 40);

    private final HttpClient http = LoginClient.connections();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Double> figures = new TreeMap<>();

    @Test
    void where_the_time_goes() throws IOException {
        try (KeycloakServer server = KeycloakServer.named("profiled")
                        .fullSpeed()
                        .javaOptions(FlightRecorder.OPTION)
                        .options("--spi-theme--cache-themes=true", "--spi-theme--cache-templates=true")
                        .start();
                TestRealm realm = TestRealm.on(server).create();
                TestRealm stock = TestRealm.on(server).withoutBackupCodes().create()) {
            Map<CpuShares.Way, IntConsumer> signIns = new EnumMap<>(Map.of(
                    CpuShares.Way.CODE, byCode(realm),
                    CpuShares.Way.RECOVERY_CODE, byRecoveryCode(stock),
                    CpuShares.Way.OTP, byOtp(realm),
                    CpuShares.Way.PASSWORD, byPassword(realm)));
            // all of them and recorded, so that none is measured on a server that is colder than that of the others
            new FlightRecorder(server.jvm())
                    .record(BuildFiles.directory().resolve("profile.jfr"), () -> IntStream.range(0, SIGN_INS)
                            .forEach(i -> signIns.values().forEach(signIn -> signIn.accept(i))));
            CpuProfile code = profile(CpuShares.Way.CODE, server, signIns);
            CpuProfile recoveryCode = profile(CpuShares.Way.RECOVERY_CODE, server, signIns);
            profile(CpuShares.Way.OTP, server, signIns);
            profile(CpuShares.Way.PASSWORD, server, signIns);
            assertThat(code.within(CODE_STEP).samples()).isPositive();
            // its own step is too short to be met in every run
            assertThat(recoveryCode.samples()).isPositive();
        }
        BenchmarkFigures.write("profile", figures);
        Path file = BuildFiles.directory().resolve("benchmark/profile.md");
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
        lines.forEach(System.out::println);
    }

    private CpuProfile profile(CpuShares.Way way, KeycloakServer server, Map<CpuShares.Way, IntConsumer> signIns) {
        IntConsumer signIn = Objects.requireNonNull(signIns.get(way));
        Duration before = cpu(server);
        CpuProfile profile = new FlightRecorder(server.jvm())
                .record(BuildFiles.directory().resolve("profile.jfr"), () -> {
                    for (int i = SIGN_INS; i < 2 * SIGN_INS; i++) {
                        signIn.accept(i);
                    }
                });
        double cpu = cpu(server).minus(before).toMillis() / (double) SIGN_INS;
        describe(way, profile, cpu);
        return profile;
    }

    private void describe(CpuShares.Way way, CpuProfile profile, double cpu) {
        CpuProfile ours = profile.within(OURS);
        lines.add(String.format(
                Locale.ROOT,
                "%n## Signing in with %s: %d samples, %.1f ms of CPU each%n",
                way.words(),
                profile.samples(),
                cpu));
        lines.add("| ours, with what it calls | share |\n|---|---:|");
        list(ours.methods(OURS, TOP), profile);
        lines.add("\n| what ours calls | share |\n|---|---:|");
        list(ours.calls(OURS, HASH.negate(), TOP), profile);
        CpuProfile step = profile.within(way == CpuShares.Way.RECOVERY_CODE ? BUILT_IN_STEP : CODE_STEP);
        figures.put(CpuShares.name(way, CpuShares.Part.STEP), percent(step.samples(), profile));
        figures.put(
                CpuShares.name(way, CpuShares.Part.HASH),
                percent(profile.within(HASH).samples(), profile));
        figures.put(
                CpuShares.name(way, CpuShares.Part.TRIGGERS),
                percent(profile.within(TRIGGERS).samples(), profile));
        figures.put(CpuShares.name(way, CpuShares.Part.OURS), percent(ours.samples(), profile));
    }

    private void list(List<Map.Entry<String, Long>> entries, CpuProfile of) {
        entries.forEach(entry -> lines.add(String.format(
                Locale.ROOT,
                "| `%s` | %.2f%% |",
                entry.getKey().replace("io.github.backupcodes.", ""),
                percent(entry.getValue(), of))));
    }

    private static double percent(long part, CpuProfile of) {
        return 100.0 * part / of.samples();
    }

    private IntConsumer byCode(TestRealm realm) {
        String execution = realm.backupCodeExecution();
        List<TestCodeSet> sets = new ArrayList<>();
        return number -> {
            if (number / CODES == sets.size()) {
                sets.add(TestCodeSet.of(CODES + 1));
                realm.user("code-" + number / CODES)
                        .otp()
                        .codes(sets.get(number / CODES))
                        .create();
            }
            LoginClient client = realm.session(http);
            client.signIn("code-" + number / CODES, PASSWORD);
            client.choose(execution);
            client.backupCode(sets.get(number / CODES).code(number % CODES));
            client.assertSignedIn();
        };
    }

    private IntConsumer byRecoveryCode(TestRealm realm) {
        RealmAdmin admin = realm.admin();
        admin.copyFlow("browser", TestRealm.FLOW);
        String execution = admin.execution(TestRealm.FLOW, TestRecoveryCodes.AUTHENTICATOR);
        admin.requireExecution(TestRealm.FLOW, execution, "ALTERNATIVE");
        admin.bindBrowserFlow(TestRealm.FLOW);
        List<TestRecoveryCodes> lists = new ArrayList<>();
        return number -> {
            int user = number / RECOVERY_CODES;
            if (user == lists.size()) {
                lists.add(TestRecoveryCodes.now());
                realm.user("recovery-" + user)
                        .otp()
                        .credential(lists.get(user).credential())
                        .create();
            }
            LoginClient client = realm.session(http);
            client.signIn("recovery-" + user, PASSWORD);
            client.choose(execution);
            client.submit(
                    "form:has([name=recoveryCodeInput])",
                    Map.of("recoveryCodeInput", lists.get(user).code(number % RECOVERY_CODES)));
            client.assertSignedIn();
        };
    }

    private IntConsumer byOtp(TestRealm realm) {
        TestUser user = realm.user("otp-user").otp().codes(TestCodeSet.of(10)).create();
        return number -> {
            LoginClient client = realm.session(http);
            client.signIn(user);
            client.otp(user.totp().now());
            client.assertSignedIn();
        };
    }

    private IntConsumer byPassword(TestRealm realm) {
        TestUser user = realm.user("plain-user").create();
        return number -> {
            LoginClient client = realm.session(http);
            client.signIn(user);
            client.assertSignedIn();
        };
    }

    private static Duration cpu(KeycloakServer server) {
        return ProcessHandle.of(server.jvm())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }
}
