package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A code that was found wrong is counted with the set, with the realm and in an event, whatever becomes of the request. Keycloak
 * counts in a thread of its own, and refuses a user while it does ({@code DefaultBlockingBruteForceProtector}).
 */
class FailedAttemptCountIT {

    private static final int LIMIT = 3;
    private static final int SESSIONS = 8;
    private static final TestCodeSet CODES = TestCodeSet.of(3);

    @AutoClose
    private static final TestRealm twoForms =
            TestRealm.builder().policy("max-failures", String.valueOf(LIMIT)).create();

    @AutoClose
    private static final TestRealm oneField = TestRealm.builder()
            .oneField()
            .policy("max-failures", String.valueOf(LIMIT))
            .create();

    private static int users;

    @BeforeAll
    static void prepareRealms() {
        HelpDeskCode.prepare(twoForms);
        for (TestRealm realm : List.of(twoForms, oneField)) {
            realm.admin().lockAfter(30);
        }
    }

    @AfterEach
    void endFault() {
        fault("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "template", "rollback", "commit"})
    void aWrongCodeIsCounted(String fault) {
        TestUser user = user(twoForms).otp().codes(CODES).create();
        fault(fault);
        for (int wrong = 1; wrong <= LIMIT; wrong++) {
            twoForms.openCodePage(user).enterBackupCode(TestCodeSet.wrong());
            assertThat(inARow(user, "backup-codes")).isEqualTo(wrong);
            user.admin().awaitFailures(wrong);
        }
        assertCountedByTheRealm(user, LIMIT);
        assertPaused(twoForms, user, CODES.code(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "template", "rollback", "commit"})
    void aWrongCodeInTheOneFieldIsCounted(String fault) {
        TestUser user = user(oneField).otp().codes(CODES).create();
        fault(fault);
        for (int wrong = 1; wrong <= LIMIT; wrong++) {
            LoginClient client = oneField.signIn(user);
            client.otp(TestCodeSet.wrong());
            user.admin().awaitFailures(wrong);
        }
        assertThat(inARow(user, "backup-codes")).isEqualTo(LIMIT);
        assertCountedByTheRealm(user, LIMIT);
        fault("");
        LoginClient client = oneField.signIn(user);
        client.otp(CODES.code(0)).assertError("backupCodeErrorPaused", 15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "template", "rollback", "commit"})
    void aWrongOtpInTheOneFieldIsCounted(String fault) {
        Totp phone = Totp.random();
        TestUser user = user(oneField).otp(phone).codes(CODES).create();
        fault(fault);
        LoginClient client = oneField.signIn(user);
        client.otp(phone.wrong());
        assertCountedByTheRealm(user, 1);
    }

    /** Those of the set have another form, so that each is tried as one of them alone. */
    @ParameterizedTest
    @ValueSource(strings = {"throw", "template", "rollback", "commit"})
    void aWrongRecoveryCodeIsCounted(String fault) {
        TestRecoveryCodes recoveryCodes = TestRecoveryCodes.now();
        TestUser user =
                user(twoForms).otp().credential(recoveryCodes.credential()).create();
        fault(fault);
        for (int wrong = 1; wrong <= LIMIT; wrong++) {
            twoForms.openCodePage(user).enterBackupCode(TestRecoveryCodes.wrong());
            user.admin().awaitFailures(wrong);
        }
        assertThat(user.admin().credentials("backup-codes-recovery"))
                .singleElement()
                .satisfies(traces -> assertThat(
                                Json.read(traces.path("credentialData").asText())
                                        .path("inARow")
                                        .asInt())
                        .isEqualTo(LIMIT));
        assertCountedByTheRealm(user, LIMIT);
        assertPaused(twoForms, user, recoveryCodes.code(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "template", "rollback", "commit"})
    void aGuessAtTheCodeOfTheHelpDeskIsCountedWithEachOfTheTwo(String fault) {
        TestUser user = user(twoForms).otp().codes(CODES).create();
        HelpDeskCode.issue(twoForms, user);
        fault(fault);
        twoForms.openCodePage(user).enterBackupCode(TestCodeSet.wrong());
        assertThat(inARow(user, "backup-codes")).isEqualTo(1);
        assertThat(inARow(user, HelpDeskCode.CREDENTIAL)).isEqualTo(1);
        assertCountedByTheRealm(user, 1);
    }

    /** What was rolled back is not used up, and was no wrong code. */
    @ParameterizedTest
    @ValueSource(strings = {"throw", "template", "rollback", "commit"})
    void aRightCodeIsNeverCounted(String fault) {
        TestUser user = user(twoForms).otp().codes(CODES).create();
        LoginClient client = twoForms.openCodePage(user);
        fault(fault);
        client.enterBackupCode(CODES.code(0));
        fault("");
        assertThat(inARow(user, "backup-codes")).isZero();
        assertThat(user.admin().usedBackupCodes()).as("used, or not at all").isLessThanOrEqualTo(1);
    }

    /** While one may have to be counted again, the others are asked to try again: so the pause begins in time. */
    @ParameterizedTest
    @ValueSource(ints = {5, 100})
    void wrongCodesOfRequestsThatAreRolledBackAreAllCounted(int limit) throws InterruptedException, ExecutionException {
        try (TestRealm realm = TestRealm.builder()
                .policy("max-failures", String.valueOf(limit))
                .create()) {
            TestUser user = user(realm).otp().codes(CODES).create();
            List<LoginClient> clients = IntStream.range(0, SESSIONS)
                    .mapToObj(i -> realm.openCodePage(user))
                    .toList();
            fault(realm, "rollback");
            ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
            long evaluated = 0;
            try {
                List<Future<HttpPage>> answers = clients.stream()
                        .map(client -> threads.submit(() -> client.enterBackupCode(TestCodeSet.wrong())))
                        .toList();
                for (Future<HttpPage> answer : answers) {
                    evaluated += answer.get().error().equals(Messages.of("backupCodeErrorWrong")) ? 1 : 0;
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(evaluated).isBetween(1L, (long) Math.min(limit, SESSIONS));
            assertThat(inARow(user, "backup-codes")).isEqualTo((int) evaluated);
        }
    }

    private static void assertCountedByTheRealm(TestUser user, int failures) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(user.admin().failures()).isEqualTo(failures));
        assertThat(user.admin().events("LOGIN_ERROR").stream()
                        .map(event -> event.path("error").asText()))
                .hasSize(failures)
                .containsOnly("invalid_user_credentials");
    }

    private static void assertPaused(TestRealm realm, TestUser user, String rightCode) {
        fault("");
        LoginClient client = realm.signInWith(user, rightCode);
        client.page().assertError("backupCodeErrorPaused", 15);
        client.assertNotSignedIn();
    }

    private static int inARow(TestUser user, String type) {
        JsonNode data = user.admin().credentialData(type);
        return data.path("guesses").path("inARow").asInt();
    }

    private static void fault(String fault) {
        fault(twoForms, fault);
        fault(oneField, fault);
    }

    private static void fault(TestRealm realm, String fault) {
        realm.admin().update(Map.of("attributes", Map.of("test-fault", fault)));
    }

    private static TestUser.Builder user(TestRealm realm) {
        users++;
        return realm.user("person-" + users);
    }
}
