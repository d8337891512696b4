package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where the realm detects no brute force, the set limits wrong codes itself. */
class AttemptLimitIT {

    private static final TestCodeSet CODES = TestCodeSet.of(3);

    @AutoClose
    private static final TestRealm realm = TestRealm.builder()
            .policy("max-failures", "3")
            .policy("pause-minutes", "7")
            .create();

    @Test
    void theLimitBringsAPauseAndOneLessDoesNot() {
        TestUser user = user("limit", CODES);
        LoginClient first = realm.signInWith(user, TestCodeSet.wrong());
        first.backupCode(TestCodeSet.wrong());
        first.backupCode(CODES.code(0));
        first.assertSignedIn("two wrong ones");

        LoginClient second = realm.signInWith(user, TestCodeSet.wrong());
        second.backupCode(TestCodeSet.wrong());
        LoginClient third = realm.openCodePage(user);
        assertThat(third.backupCode(TestCodeSet.wrong()).error())
                .as("the third in a row, from another browser")
                .isEqualTo(Messages.of("backupCodeErrorWrong"));

        for (LoginClient client : List.of(second, third, realm.openCodePage(user))) {
            client.backupCode(CODES.code(1)).assertError("backupCodeErrorPaused", 7);
            client.assertNotSignedIn();
        }
        assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
        assertThat(inARow(user)).as("no attempt is counted during the pause").isEqualTo(3);
    }

    @Test
    void whatCannotBeACodeIsNotCounted() {
        TestUser user = user("mistyped", CODES);
        LoginClient client = realm.openCodePage(user);
        for (String typed : List.of("", "0", "!", "00000-00000-00001", CODES.code(0) + "1")) {
            client.backupCode(typed);
        }
        assertThat(user.admin().backupCodes().has("guesses")).isFalse();
    }

    @Test
    void usedAndReplacedCodesBringThePauseButNeverTurnTheSetOff() {
        TestCodeSet older = TestCodeSet.of(1);
        TestUser user = user("replay", CODES.guessed(98, null).used(0).replacing(older));
        LoginClient client = realm.signInWith(user, CODES.code(0));
        client.page().assertError("backupCodeErrorUsed");
        assertThat(client.backupCode(CODES.code(1)).error())
                .as("the 99th in vain brings the pause")
                .isEqualTo(Messages.of("backupCodeErrorPaused", 7));
        client.backupCode(older.code(0)).assertError("backupCodeErrorPaused", 7);
        assertThat(inARow(user)).isEqualTo(98);

        TestUser other = user(
                "replaced", CODES.guessed(99, Instant.now().minusSeconds(1)).replacing(older));
        LoginClient again = realm.openCodePage(other);
        for (int i = 0; i < 3; i++) {
            again.backupCode(older.code(0)).assertError("backupCodeErrorReplaced");
        }
        again.backupCode(CODES.code(1)).assertError("backupCodeErrorPaused", 7);
    }

    @Test
    void thePauseEndsAndThenEveryLimitBringsAnother() {
        TestUser user = user("past", CODES.guessed(3, Instant.now().minusSeconds(1)));
        LoginClient client = realm.signInWith(user, TestCodeSet.wrong());
        client.page().assertError("backupCodeErrorWrong");
        client.backupCode(CODES.code(0));
        client.assertSignedIn();
        assertThat(user.admin().backupCodes().has("guesses"))
                .as("a good code starts anew")
                .isFalse();

        TestUser other = user("past2", CODES.guessed(5, Instant.now().minusSeconds(1)));
        LoginClient again = realm.signInWith(other, TestCodeSet.wrong());
        again.backupCode(CODES.code(0)).assertError("backupCodeErrorPaused", 7);
    }

    @Test
    void thePageSaysHowLongThePauseStillLasts() {
        TestUser user = user("future", CODES.guessed(3, Instant.now().plusSeconds(270)));
        LoginClient client = realm.signInWith(user, CODES.code(0));
        client.page().assertError("backupCodeErrorPaused", 5);
    }

    @Test
    void aNewPolicyChangesNothingOfAPauseThatHasBegun() {
        try (TestRealm own = TestRealm.builder()
                .policy("max-failures", "1")
                .policy("pause-minutes", "7")
                .create()) {
            TestUser user = own.user("alice").otp().codes(CODES).create();
            LoginClient client = own.signInWith(user, TestCodeSet.wrong());
            own.admin().configureCodes(Map.of("max-failures", "50", "pause-minutes", "1"));
            client.backupCode(CODES.code(0)).assertError("backupCodeErrorPaused", 7);
            assertThat(inARow(user)).isEqualTo(1);
        }
    }

    @Test
    void zeroMeansNoPauseButAHundredInARowStillTurnTheSetOff() {
        try (TestRealm own = TestRealm.builder().policy("max-failures", "0").create()) {
            TestUser user =
                    own.user("alice").otp().codes(CODES.guessed(98, null)).create();
            LoginClient client = own.signInWith(user, TestCodeSet.wrong());
            client.page().assertError("backupCodeErrorWrong");
            client.backupCode(TestCodeSet.wrong());
            client.backupCode(CODES.code(0)).assertError("backupCodeErrorDisabled");
        }
    }

    @Test
    void aHundredInARowTurnTheSetOffUntilItIsRenewed() {
        TestUser user = user("hundred", CODES.guessed(99, null));
        LoginClient client = realm.signInWith(user, TestCodeSet.wrong());
        assertThat(inARow(user)).isEqualTo(100);
        client.backupCode(CODES.code(0)).assertError("backupCodeErrorDisabled");
        client.assertNotSignedIn();
        assertThat(user.admin().usedBackupCodes()).isZero();

        user.admin().require(BackupCodesNames.ACTION);
        LoginClient renewing = realm.signIn(user);
        HttpPage page = renewing.otp(user.totp().now());
        String code = page.backupCodes().get(0);
        renewing.saveCodes();
        renewing.assertSignedIn();

        client.backupCode(code);
        client.assertSignedIn();
    }

    @Test
    void aRightCodeAfterNinetyNineWrongOnesStartsAnew() {
        TestUser user = user("ninety-nine", CODES.guessed(99, null));
        LoginClient client = realm.signInWith(user, CODES.code(2));
        client.assertSignedIn();
        assertThat(user.admin().backupCodes().has("guesses")).isFalse();
    }

    private static TestUser user(String name, TestCodeSet codes) {
        return realm.user(name).otp().codes(codes).create();
    }

    private static int inARow(TestUser user) {
        return user.admin().backupCodes().path("guesses").path("inARow").asInt();
    }
}
