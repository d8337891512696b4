package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The realm's detection of brute force treats wrong backup codes as it treats wrong OTPs. */
class LockoutIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TestCodeSet CODES = TestCodeSet.of(3);
    private static final String NO_LIMIT_OF_ITS_OWN = "the second factor has no limit of its own";

    @Test
    void wrongCodesLockAtTheNumberOfTheRealmAndCountOnceEach() {
        try (TestRealm realm = lockingAfter(3)) {
            TestUser user = user(realm, "alice");
            LoginClient openBefore = realm.openCodePage(user);
            LoginClient client = realm.openCodePage(user);

            for (int wrong = 1; wrong <= 3; wrong++) {
                client.backupCode(TestCodeSet.wrong()).assertError("backupCodeErrorWrong");
                user.admin().awaitFailures(wrong);
            }
            assertThat(user.admin().bruteForce().path("disabled").asBoolean()).isTrue();

            for (String code : List.of(CODES.code(0), TestCodeSet.wrong())) {
                client.backupCode(code).assertError("backupCodeErrorLocked");
                assertThat(openBefore.backupCode(code).error())
                        .as("a page that was open before the lock")
                        .isEqualTo(Messages.of("backupCodeErrorLocked"));
            }
            assertThat(client.isSignedIn() || openBefore.isSignedIn()).isFalse();
            assertThat(user.admin().usedBackupCodes()).isZero();
            assertThat(user.admin().failures()).isEqualTo(3);
            assertThat(user.admin().events("LOGIN_ERROR").stream()
                            .filter(event -> event.path("error").asText().equals("user_temporarily_disabled")))
                    .hasSize(4);

            user.admin().forgiveFailures();
            client.backupCode(CODES.code(0));
            client.assertSignedIn("after the lock was lifted");
        }
    }

    @Test
    void oneWrongCodeLessDoesNotLockAndARightOneStartsAnew() {
        try (TestRealm realm = lockingAfter(3)) {
            TestUser user = user(realm, "alice");
            for (int code = 0; code < 2; code++) {
                LoginClient client = realm.signInWith(user, TestCodeSet.wrong());
                user.admin().awaitFailures(1);
                client.backupCode(TestCodeSet.wrong());
                user.admin().awaitFailures(2);
                assertThat(user.admin().bruteForce().path("disabled").asBoolean())
                        .isFalse();
                client.backupCode(CODES.code(code));
                client.assertSignedIn();
                user.admin().awaitFailures(0);
            }
        }
    }

    /** As with an OTP: Keycloak forgives when the sign-in is complete, and not a half of it. */
    @Test
    void aRightCodeForgivesNothingBeforeTheSignInIsComplete() {
        BuildFiles.onKeycloakSince("26.6", NO_LIMIT_OF_ITS_OWN);
        try (TestRealm realm = lockingAfter(3)) {
            realm.admin().update(Map.of("maxSecondaryAuthFailures", 3));
            TestUser user = user(realm, "alice");
            LoginClient client = realm.signInWith(user, TestCodeSet.wrong());
            user.admin().awaitFailures(1);
            client.backupCode(TestCodeSet.wrong());
            user.admin().awaitFailures(2);
            client.enterBackupCode(CODES.code(0));
            assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
            user.admin().assertFailuresStay(2);

            client.continueSignIn();
            client.assertSignedIn();
            user.admin().awaitFailures(0);
        }
    }

    @Test
    void whatCannotBeACodeIsNoAttempt() {
        try (TestRealm realm = lockingAfter(2)) {
            TestUser user = user(realm, "alice");
            LoginClient client = realm.openCodePage(user);
            for (String typed : new String[] {"", "   ", "-", "123456", CODES.code(0) + "0", mistyped(CODES.code(0))}) {
                client.backupCode(typed).assertHas(Selectors.CODE_FORM);
            }
            client.backupCode(TestCodeSet.wrong());
            // counting takes its time: what comes too late would still be seen
            user.admin().assertFailuresStay(1);
            client.backupCode(CODES.code(0));
            client.assertSignedIn();
        }
    }

    @Test
    void codesThatWereUsedOrReplacedCountAsWrongOnes() {
        TestCodeSet older = TestCodeSet.of(1);
        try (TestRealm realm = lockingAfter(3)) {
            TestUser user = realm.user("alice")
                    .otp()
                    .codes(CODES.used(0).replacing(older))
                    .create();
            LoginClient client = realm.signInWith(user, CODES.code(0));
            user.admin().awaitFailures(1);
            client.backupCode(older.code(0));
            user.admin().awaitFailures(2);
        }
    }

    @Test
    void theLockEndsByItself() {
        try (TestRealm realm = lockingAfter(2)) {
            realm.admin().update(Map.of("waitIncrementSeconds", 2, "maxFailureWaitSeconds", 2));
            TestUser user = user(realm, "alice");
            LoginClient client = realm.signInWith(user, TestCodeSet.wrong());
            user.admin().awaitFailures(1);
            client.backupCode(TestCodeSet.wrong());
            user.admin().awaitFailures(2);
            await().atMost(PATIENCE).until(() -> {
                client.backupCode(CODES.code(0));
                return client.isSignedIn();
            });
            user.admin().awaitFailures(0);
        }
    }

    @Test
    void permanentLockoutNeedsTheAdministrator() {
        try (TestRealm realm = lockingAfter(2)) {
            realm.admin().update(Map.of("permanentLockout", true, "maxTemporaryLockouts", 0));
            TestUser user = user(realm, "alice");
            LoginClient atOtp = realm.signIn(user);
            LoginClient client = realm.signInWith(user, TestCodeSet.wrong());
            user.admin().awaitFailures(1);
            assertThat(isEnabled(user)).isTrue();
            client.backupCode(TestCodeSet.wrong());
            await().atMost(PATIENCE).until(() -> !isEnabled(user));

            assertThat(client.backupCode(CODES.code(0)).error())
                    .isNotEmpty()
                    .isEqualTo(atOtp.otp(user.totp().now()).error());
            assertThat(client.isSignedIn() || atOtp.isSignedIn()).isFalse();
            assertThat(user.admin().usedBackupCodes()).isZero();

            user.admin().update(Map.of("enabled", true));
            LoginClient again = realm.signInWith(user, CODES.code(0));
            again.assertSignedIn();
        }
    }

    @Test
    void temporaryLocksTurnIntoAPermanentOne() {
        try (TestRealm realm = lockingAfter(1)) {
            realm.admin()
                    .update(Map.of(
                            "permanentLockout", true,
                            "maxTemporaryLockouts", 1,
                            "waitIncrementSeconds", 1,
                            "maxFailureWaitSeconds", 1));
            TestUser user = user(realm, "alice");
            LoginClient client = realm.signInWith(user, TestCodeSet.wrong());
            user.admin().awaitFailures(1);
            assertThat(isEnabled(user)).isTrue();
            await().atMost(PATIENCE).until(() -> {
                client.backupCode(TestCodeSet.wrong());
                return !isEnabled(user);
            });
            assertThat(user.admin().failures()).isEqualTo(2);
        }
    }

    @Test
    void wrongCodesCountTowardsTheLimitOfTheSecondFactor() {
        BuildFiles.onKeycloakSince("26.6", NO_LIMIT_OF_ITS_OWN);
        try (TestRealm realm = lockingAfter(50)) {
            realm.admin().update(Map.of("maxSecondaryAuthFailures", 2));
            TestUser user = user(realm, "alice");
            LoginClient client = realm.signIn(user);
            client.otp("000000");
            user.admin().awaitFailures(1);
            client.choose(realm.backupCodeExecution());
            client.backupCode(TestCodeSet.wrong());
            user.admin().awaitFailures(2);
            client.backupCode(CODES.code(0));
            client.assertSignedIn("at the limit, not beyond");
            user.admin().awaitFailures(0);

            LoginClient again = realm.openCodePage(user);
            for (int wrong = 1; wrong <= 2; wrong++) {
                again.backupCode(TestCodeSet.wrong());
                user.admin().awaitFailures(wrong);
            }
            assertThat(isEnabled(user))
                    .as("the good code has set the count back")
                    .isTrue();
            again.backupCode(TestCodeSet.wrong());
            await().atMost(PATIENCE).until(() -> !isEnabled(user));
            again.backupCode(CODES.code(1));
            again.assertNotSignedIn();
            assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
        }
    }

    @Test
    void aSignInByCookieForgivesNothing() {
        BuildFiles.onKeycloakSince("26.7", "Keycloak itself forgives at each sign-in");
        try (TestRealm realm = lockingAfter(3)) {
            TestUser user = user(realm, "alice");
            LoginClient signedIn = realm.signInWithApp(user);
            signedIn.assertSignedIn();

            // Keycloak refuses a user while it still counts the previous attempt
            LoginClient guessing = realm.newBrowser();
            await().atMost(PATIENCE).until(() -> guessing.signIn(user).has(Selectors.OTP_FORM));
            guessing.choose(realm.backupCodeExecution());
            guessing.backupCode(TestCodeSet.wrong());
            user.admin().awaitFailures(1);
            guessing.backupCode(TestCodeSet.wrong());
            user.admin().awaitFailures(2);

            signedIn.open();
            signedIn.assertSignedIn();
            user.admin().assertFailuresStay(2);
        }
    }

    private static TestRealm lockingAfter(int failures) {
        TestRealm realm = TestRealm.create();
        realm.admin().lockAfter(failures);
        return realm;
    }

    private static TestUser user(TestRealm realm, String name) {
        return realm.user(name).otp().codes(CODES).create();
    }

    private static String mistyped(String code) {
        return (code.charAt(0) == '7' ? '8' : '7') + code.substring(1);
    }

    private static boolean isEnabled(TestUser user) {
        return user.admin().representation().path("enabled").asBoolean();
    }
}
