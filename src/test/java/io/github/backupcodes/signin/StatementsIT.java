package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestApplication;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import io.github.backupcodes.support.server.TestProviders;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How often a sign-in asks the database, by what Hibernate logs: as often as with Keycloak's own recovery codes, the locking
 * read being in the place of a plain one; and no more than without the extension where no code is used.
 */
class StatementsIT {

    private static final TestCodeSet CODES = TestCodeSet.of(6);
    private static final TestRecoveryCodes RECOVERY_CODES = TestRecoveryCodes.now();

    /** The locked row; all of them, as Keycloak loads them with a user who is changed; their list, for what was lost. */
    private static final int READS_OF_CREDENTIALS = 3;

    /** The locked row, its write, and the reads with which Keycloak loads a user whose credentials have changed, once or twice. */
    private static final int MORE_FOR_A_LOCKED_ROW = 8;

    private static final int GOES = 5;

    private static KeycloakServer server;

    private final HttpClient http = LoginClient.connections();

    @BeforeAll
    static void start() {
        // a server of its own, on which no other test signs in
        server = KeycloakServer.named("statements")
                .copying(SharedServer.get())
                .provider(TestProviders.jar())
                .options(SharedServer.buildOptions())
                .options("--log-level=INFO,org.hibernate.SQL:DEBUG")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aCodeTakesNoMoreStatementsThanARecoveryCodeOfKeycloaks() {
        try (TestRealm ours = TestRealm.on(server).create();
                TestRealm theirs = TestRealm.on(server).withoutBackupCodes().create()) {
            // without the page that comes after a code, so that either step is the last one of its sign-in
            ours.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("enabled", false));
            TestUser alice = ours.user("alice").otp().codes(CODES).create();
            List<String> code = least(at -> completed(
                    codeStep(ours, alice, ours.backupCodeExecution(), BackupCodesNames.FIELD, CODES.code(at))));

            String builtIn = withRecoveryCodes(theirs.admin());
            TestUser bob = theirs.user("bob")
                    .otp()
                    .credential(RECOVERY_CODES.credential())
                    .create();
            List<String> recoveryCode = least(
                    at -> completed(codeStep(theirs, bob, builtIn, "recoveryCodeInput", RECOVERY_CODES.code(at))));

            assertThat(recoveryCode).isNotEmpty();
            assertThat(code)
                    .as("beside %s", String.join("\n", recoveryCode))
                    .hasSizeLessThanOrEqualTo(recoveryCode.size());
        }
    }

    @Test
    void thePageAfterACodeDoesNotAskForTheCredentialsAgainAndAgain() {
        try (TestRealm realm = TestRealm.on(server).create()) {
            TestUser alice = realm.user("alice").otp().codes(CODES).create();
            Answer answer = codeStep(realm, alice, realm.backupCodeExecution(), BackupCodesNames.FIELD, CODES.code(0));
            assertThat(answer.location()).contains("/login-actions/required-action?");
            assertThat(answer.statements().stream().filter(sql -> sql.contains(" from CREDENTIAL ")))
                    .hasSizeLessThanOrEqualTo(READS_OF_CREDENTIALS);
        }
    }

    @Test
    void aSignInWithoutACodeAsksForNothingMore() {
        try (TestRealm ours = TestRealm.on(server).asking().create();
                TestRealm stock = TestRealm.on(server).withoutBackupCodes().create()) {
            TestUser alice = ours.user("alice").otp().codes(CODES).create();
            TestUser bob = stock.user("bob").otp().create();
            assertThat(least(at -> completed(otpStep(ours, alice))))
                    .hasSameSizeAs(least(at -> completed(otpStep(stock, bob))));

            TestUser carol = ours.user("carol").create();
            TestUser dave = stock.user("dave").create();
            assertThat(least(at -> completed(passwordStep(ours, carol))))
                    .hasSameSizeAs(least(at -> completed(passwordStep(stock, dave))));
        }
    }

    @Test
    void aCodeByEmailTakesOneLockAndOneWriteMoreThanAnOtp() {
        try (EmailCodeRealm realm =
                EmailCodeRealm.create(server, Map.of("sign-in-hour", "100", "sign-in-day", "100"))) {
            TestUser alice = realm.user("alice").create();
            TestUser bob = realm.realm().user("bob").otp().create();
            List<String> otp = least(at -> completed(otpStep(realm.realm(), bob)));
            List<String> code = least(at -> {
                LoginClient client = realm.open(alice);
                String sent = realm.awaitCode(alice, at + 1);
                return completed(send(client.prepare(EmailCodeRealm.FORM, Map.of("emailCode", sent))));
            });

            assertThat(code.stream().filter(sql -> sql.contains("for update")))
                    .as("locks of %s", String.join("\n", code))
                    .hasSize(1);
            assertThat(code.stream().filter(sql -> sql.contains("update CREDENTIAL set")))
                    .as("writes of %s", String.join("\n", code))
                    .hasSize(1);
            assertThat(code)
                    .as("beside %s", String.join("\n", otp))
                    .hasSizeLessThanOrEqualTo(otp.size() + MORE_FOR_A_LOCKED_ROW);
        }
    }

    /** Where a request leads, and what it has the database do. */
    private record Answer(String location, List<String> statements) {}

    /** A step of a sign-in, the one with this number, from 0. */
    @FunctionalInterface
    private interface Step {

        List<String> statements(int number);
    }

    /**
     * With all that can be cached in the caches: Keycloak does not keep a user that was made or changed a moment ago, so the
     * shortest of several goes counts.
     */
    private static List<String> least(Step step) {
        return IntStream.range(0, GOES)
                .mapToObj(step::statements)
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    private static String withRecoveryCodes(RealmAdmin admin) {
        admin.copyFlow("browser", TestRealm.FLOW);
        String execution = admin.execution(TestRealm.FLOW, TestRecoveryCodes.AUTHENTICATOR);
        admin.requireExecution(TestRealm.FLOW, execution, "ALTERNATIVE");
        admin.bindBrowserFlow(TestRealm.FLOW);
        return execution;
    }

    private Answer codeStep(TestRealm realm, TestUser user, String execution, String field, String code) {
        LoginClient client = realm.signIn(user);
        client.choose(execution);
        return send(client.prepare("form:has([name=" + field + "])", Map.of(field, code)));
    }

    private Answer otpStep(TestRealm realm, TestUser user) {
        LoginClient client = realm.signIn(user);
        return send(client.prepare(Selectors.OTP_FORM, Map.of("otp", user.totp().now())));
    }

    private Answer passwordStep(TestRealm realm, TestUser user) {
        LoginClient client = realm.newBrowser();
        client.open();
        return send(client.prepare(
                Selectors.PASSWORD_FORM, Map.of("username", user.username(), "password", user.password())));
    }

    private static List<String> completed(Answer answer) {
        assertThat(answer.location())
                .startsWith(TestApplication.shared().redirectUri() + "?")
                .contains("&code=");
        return answer.statements();
    }

    private Answer send(HttpRequest request) {
        long mark = server.log().mark();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            List<String> statements = server.log()
                    .since(mark)
                    .lines()
                    .filter(line -> line.contains("[org.hibernate.SQL]") && line.contains("(executor-thread"))
                    .toList();
            return new Answer(response.headers().firstValue("Location").orElse(""), statements);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
