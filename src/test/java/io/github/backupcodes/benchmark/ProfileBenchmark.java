package io.github.backupcodes.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.MadeCodes;
import io.github.backupcodes.support.MadeRecoveryCodes;
import io.github.backupcodes.support.RealmAdmin;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * Where the server spends its time while people sign in: with a code, with one of Keycloak's recovery codes, with an OTP, and
 * without a second factor. By Java Flight Recorder; {@code target/benchmark/profile.md} has what is ours.
 */
class ProfileBenchmark {

    private static final String OURS = "io.github.backupcodes.";
    private static final String CODE_STEP = OURS + "signin.BackupCodeForm.action";
    private static final String HASH = "org.bouncycastle.crypto.generators.Argon2BytesGenerator.generateBytes";
    private static final String BUILT_IN_STEP =
            "org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticator.action";
    private static final String TRIGGERS = "evaluateTriggers";
    private static final String PASSWORD = "correct horse battery staple";
    private static final String CODE = "a code";
    private static final String RECOVERY_CODE = "a recovery code of Keycloak's";
    private static final int CODES = 50;
    private static final int RECOVERY_CODES = 12;
    private static final int TOP = 15;

    private static final int SIGN_INS = Math.max(20, Pairs.orElse(8) * 25);

    private final HttpClient http = LoginClient.connections();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Double> cpuMillis = new TreeMap<>();

    @Test
    void where_the_time_goes() throws IOException {
        try (KeycloakServer server = KeycloakServer.named("profiled")
                        .fullSpeed()
                        .javaOptions(FlightRecorder.OPTION)
                        .options("--spi-theme--cache-themes=true", "--spi-theme--cache-templates=true")
                        .start();
                TestRealm realm = TestRealm.on(server).create();
                TestRealm stock = TestRealm.on(server).withoutBackupCodes().create()) {
            Profile code = profile(CODE, server, byCode(realm));
            Profile builtIn = profile(RECOVERY_CODE, server, byRecoveryCode(stock));
            profile("an OTP", server, byOtp(realm));
            profile("a password alone", server, byPassword(realm));
            assertThat(code.within(CODE_STEP::equals).samples()).isPositive();
            assertThat(builtIn.within(BUILT_IN_STEP::equals).samples()).isPositive();
        }
        Figures.write(
                "profile",
                Map.of(
                        Capacity.SIGN_IN_MS,
                        cpuMillis.getOrDefault(CODE, Double.NaN),
                        Capacity.BUILT_IN_MS,
                        cpuMillis.getOrDefault(RECOVERY_CODE, Double.NaN)));
        Path file = BuildFiles.directory().resolve("benchmark/profile.md");
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
        lines.forEach(System.out::println);
    }

    private Profile profile(String by, KeycloakServer server, IntConsumer signIn) {
        for (int i = 0; i < SIGN_INS; i++) {
            signIn.accept(i);
        }
        Duration before = cpu(server);
        Profile profile = new FlightRecorder(server.jvm())
                .record(BuildFiles.directory().resolve("profile.jfr"), () -> {
                    for (int i = SIGN_INS; i < 2 * SIGN_INS; i++) {
                        signIn.accept(i);
                    }
                });
        cpuMillis.put(by, cpu(server).minus(before).toMillis() / (double) SIGN_INS);
        describe(by, profile);
        return profile;
    }

    private void describe(String by, Profile profile) {
        double all = profile.samples();
        lines.add(String.format(
                Locale.ROOT,
                "%n## Signing in with %s: %d samples, %.1f ms of CPU each%n",
                by,
                profile.samples(),
                cpuMillis.getOrDefault(by, Double.NaN)));
        lines.add("| on the stack | share |\n|---|---:|");
        share("our code step", profile.within(CODE_STEP::equals), all);
        share("the slow hash", profile.within(HASH::equals), all);
        share("Keycloak's step for recovery codes", profile.within(BUILT_IN_STEP::equals), all);
        share(
                "`" + TRIGGERS + "` of ours",
                profile.within(method -> method.startsWith(OURS) && method.endsWith("." + TRIGGERS)),
                all);
        share("anything of ours", profile.within(method -> method.startsWith(OURS)), all);
        for (Map.Entry<String, Long> entry : profile.methods(method -> method.startsWith(OURS), TOP)) {
            share("`" + entry.getKey().substring(OURS.length()) + "`", entry.getValue(), all);
        }
        lines.add("\n| what ours calls | share |\n|---|---:|");
        for (Map.Entry<String, Long> entry : profile.calls(
                method -> method.startsWith(OURS), method -> !method.startsWith("org.bouncycastle."), TOP)) {
            share("`" + entry.getKey().substring(OURS.length()) + "`", entry.getValue(), all);
        }
    }

    private void share(String what, Profile part, double all) {
        share(what, part.samples(), all);
    }

    private void share(String what, long part, double all) {
        lines.add(String.format(Locale.ROOT, "| %s | %.2f%% |", what, 100 * part / all));
    }

    private IntConsumer byCode(TestRealm realm) {
        String execution = realm.backupCodeExecution();
        List<MadeCodes> sets = new ArrayList<>();
        return number -> {
            if (number / CODES == sets.size()) {
                sets.add(MadeCodes.of(CODES));
                realm.user("code-" + number / CODES)
                        .otp()
                        .codes(sets.get(number / CODES))
                        .create();
            }
            LoginClient client = realm.session(http);
            client.signIn("code-" + number / CODES, PASSWORD);
            client.choose(execution);
            client.backupCode(sets.get(number / CODES).code(number % CODES));
            assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
        };
    }

    private IntConsumer byRecoveryCode(TestRealm realm) {
        RealmAdmin admin = realm.admin();
        admin.copyFlow("browser", TestRealm.FLOW);
        String execution = admin.execution(TestRealm.FLOW, MadeRecoveryCodes.AUTHENTICATOR);
        admin.requireExecution(TestRealm.FLOW, execution, "ALTERNATIVE");
        admin.bindBrowserFlow(TestRealm.FLOW);
        List<MadeRecoveryCodes> lists = new ArrayList<>();
        return number -> {
            int user = number / RECOVERY_CODES;
            if (user == lists.size()) {
                lists.add(MadeRecoveryCodes.now());
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
            assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
        };
    }

    private IntConsumer byOtp(TestRealm realm) {
        TestUser user =
                realm.user("otp-user").otp().codes(MadeCodes.of(10)).create();
        return number -> {
            LoginClient client = realm.session(http);
            client.signIn(user);
            client.otp(user.totp().now());
            assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
        };
    }

    private IntConsumer byPassword(TestRealm realm) {
        TestUser user = realm.user("plain-user").create();
        return number -> {
            LoginClient client = realm.session(http);
            client.signIn(user);
            assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
        };
    }

    private static Duration cpu(KeycloakServer server) {
        return ProcessHandle.of(server.jvm())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }
}
