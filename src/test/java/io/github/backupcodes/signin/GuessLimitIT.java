package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.HttpPage;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.MadeCodes;
import io.github.backupcodes.support.SharedServer;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import io.github.backupcodes.support.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where the realm detects no brute force, the set limits wrong codes itself. */
class GuessLimitIT {

    private static final MadeCodes CODES = MadeCodes.of(3);

    private static TestRealm realm;

    @BeforeAll
    static void makeRealm() {
        realm = TestRealm.on(SharedServer.get())
                .policy("max-failures", "3")
                .policy("pause-minutes", "7")
                .create();
    }

    @AfterAll
    static void deleteRealm() {
        realm.close();
    }

    @Test
    void theLimitBringsAPauseAndOneLessDoesNot() {
        TestUser user = user("limit", CODES);
        LoginClient first = CodePage.open(realm, user);
        first.backupCode(MadeCodes.wrong());
        first.backupCode(MadeCodes.wrong());
        first.backupCode(CODES.code(0));
        assertThat(first.isSignedIn()).as("two wrong ones: %s", first.page()).isTrue();

        LoginClient second = CodePage.open(realm, user);
        second.backupCode(MadeCodes.wrong());
        second.backupCode(MadeCodes.wrong());
        LoginClient third = CodePage.open(realm, user);
        assertThat(third.backupCode(MadeCodes.wrong()).error())
                .as("the third in a row, from another browser")
                .isEqualTo(Words.of("backupCodeErrorWrong"));

        for (LoginClient client : List.of(second, third, CodePage.open(realm, user))) {
            assertThat(client.backupCode(CODES.code(1)).error()).isEqualTo(Words.of("backupCodeErrorPaused", 7));
            assertThat(client.isSignedIn()).isFalse();
        }
        assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
        assertThat(inARow(user)).as("no attempt is counted during the pause").isEqualTo(3);
    }

    @Test
    void whatCannotBeACodeIsNotCounted() {
        TestUser user = user("mistyped", CODES);
        LoginClient client = CodePage.open(realm, user);
        for (String typed : List.of("", "0", "!", "00000-00000-00001", CODES.code(0) + "1")) {
            client.backupCode(typed);
        }
        assertThat(user.admin().backupCodes().has("guesses")).isFalse();
    }

    @Test
    void usedAndReplacedCodesBringThePauseButNeverTurnTheSetOff() {
        MadeCodes older = MadeCodes.of(1);
        TestUser user = user("replay", CODES.guessed(98, null).used(0).replacing(older));
        LoginClient client = CodePage.open(realm, user);
        assertThat(client.backupCode(CODES.code(0)).error()).isEqualTo(Words.of("backupCodeErrorUsed"));
        assertThat(client.backupCode(CODES.code(1)).error())
                .as("the 99th in vain brings the pause")
                .isEqualTo(Words.of("backupCodeErrorPaused", 7));
        assertThat(client.backupCode(older.code(0)).error()).isEqualTo(Words.of("backupCodeErrorPaused", 7));
        assertThat(inARow(user)).isEqualTo(98);

        TestUser other = user(
                "replaced", CODES.guessed(99, Instant.now().minusSeconds(1)).replacing(older));
        LoginClient again = CodePage.open(realm, other);
        for (int i = 0; i < 3; i++) {
            assertThat(again.backupCode(older.code(0)).error()).isEqualTo(Words.of("backupCodeErrorReplaced"));
        }
        assertThat(again.backupCode(CODES.code(1)).error()).isEqualTo(Words.of("backupCodeErrorPaused", 7));
    }

    @Test
    void thePauseEndsAndThenEveryLimitBringsAnother() {
        TestUser user = user("past", CODES.guessed(3, Instant.now().minusSeconds(1)));
        LoginClient client = CodePage.open(realm, user);
        assertThat(client.backupCode(MadeCodes.wrong()).error()).isEqualTo(Words.of("backupCodeErrorWrong"));
        client.backupCode(CODES.code(0));
        assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
        assertThat(user.admin().backupCodes().has("guesses"))
                .as("a good code starts anew")
                .isFalse();

        TestUser other = user("past2", CODES.guessed(5, Instant.now().minusSeconds(1)));
        LoginClient again = CodePage.open(realm, other);
        again.backupCode(MadeCodes.wrong());
        assertThat(again.backupCode(CODES.code(0)).error()).isEqualTo(Words.of("backupCodeErrorPaused", 7));
    }

    @Test
    void thePageSaysHowLongThePauseStillLasts() {
        TestUser user = user("future", CODES.guessed(3, Instant.now().plusSeconds(270)));
        LoginClient client = CodePage.open(realm, user);
        assertThat(client.backupCode(CODES.code(0)).error()).isEqualTo(Words.of("backupCodeErrorPaused", 5));
    }

    @Test
    void aNewPolicyChangesNothingOfAPauseThatHasBegun() {
        try (TestRealm own = TestRealm.on(SharedServer.get())
                .policy("max-failures", "1")
                .policy("pause-minutes", "7")
                .create()) {
            TestUser user = own.user("alice").otp().codes(CODES).create();
            LoginClient client = CodePage.open(own, user);
            client.backupCode(MadeCodes.wrong());
            own.admin()
                    .configureRequiredAction(
                            BackupCodesNames.ACTION, Map.of("max-failures", "50", "pause-minutes", "1"));
            assertThat(client.backupCode(CODES.code(0)).error()).isEqualTo(Words.of("backupCodeErrorPaused", 7));
            assertThat(inARow(user)).isEqualTo(1);
        }
    }

    @Test
    void zeroMeansNoPauseButAHundredInARowStillTurnTheSetOff() {
        try (TestRealm own =
                TestRealm.on(SharedServer.get()).policy("max-failures", "0").create()) {
            TestUser user =
                    own.user("alice").otp().codes(CODES.guessed(98, null)).create();
            LoginClient client = CodePage.open(own, user);
            assertThat(client.backupCode(MadeCodes.wrong()).error()).isEqualTo(Words.of("backupCodeErrorWrong"));
            client.backupCode(MadeCodes.wrong());
            assertThat(client.backupCode(CODES.code(0)).error()).isEqualTo(Words.of("backupCodeErrorDisabled"));
        }
    }

    @Test
    void aHundredInARowTurnTheSetOffUntilItIsRenewed() {
        TestUser user = user("hundred", CODES.guessed(99, null));
        LoginClient client = CodePage.open(realm, user);
        client.backupCode(MadeCodes.wrong());
        assertThat(inARow(user)).isEqualTo(100);
        assertThat(client.backupCode(CODES.code(0)).error()).isEqualTo(Words.of("backupCodeErrorDisabled"));
        assertThat(client.isSignedIn()).isFalse();
        assertThat(user.admin().usedBackupCodes()).isZero();

        user.admin().require(BackupCodesNames.ACTION);
        LoginClient renewing = CodePage.newBrowser(realm);
        renewing.signIn(user);
        HttpPage page = renewing.otp(user.totp().now());
        String code = page.backupCodes().get(0);
        renewing.saveCodes();
        assertThat(renewing.isSignedIn()).as("%s", renewing.page()).isTrue();

        client.backupCode(code);
        assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
    }

    @Test
    void aRightCodeAfterNinetyNineWrongOnesStartsAnew() {
        TestUser user = user("ninety-nine", CODES.guessed(99, null));
        LoginClient client = CodePage.open(realm, user);
        client.backupCode(CODES.code(2));
        assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
        assertThat(user.admin().backupCodes().has("guesses")).isFalse();
    }

    private static TestUser user(String name, MadeCodes codes) {
        return realm.user(name).otp().codes(codes).create();
    }

    private static int inARow(TestUser user) {
        return user.admin().backupCodes().path("guesses").path("inARow").asInt();
    }
}
