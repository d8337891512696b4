package io.github.backupcodes.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.backupcodes.pages.AccountConsolePage;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.LoginVerificationSetupPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.OtpSetupPage;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Backup codes under "Signing in" of the account console. */
@WithBrowser
class AccountConsoleIT {

    @AutoClose
    private static final TestRealm realm =
            TestRealm.builder().policy("code-count", "4").create();

    @Test
    void codesAreSetUpThere(Person person) {
        TestUser user = realm.user("set-up").otp().create();
        AccountConsolePage console = open(person, user);
        assertThat(console.lists()).isTrue();
        assertThat(console.title()).isEqualTo("Backup codes");
        assertThat(console.helpText())
                .isEqualTo("Use these codes to sign in when you don’t have your phone or passkey."
                        + " Each code works once.");
        assertThat(console.isSetUp()).isFalse();
        assertThat(console.setUpLabel()).isEqualTo("Set up Backup codes");
        assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);

        console.setUp();
        BackupCodesPage page = BackupCodesPage.on(person);
        assertThat(page.offersCancel()).isTrue();
        assertThat(page.warnsOfRenewal()).isFalse();
        List<String> codes = page.save();

        console = AccountConsolePage.on(person);
        assertThat(console.isSetUp()).isTrue();
        assertThat(console.offersSetUp()).as("one set per user").isFalse();
        assertThat(console.entry()).contains("4 of 4 codes left").doesNotContain("Few backup codes left");
        assertThat(console.createdAt()).contains(Year.now(ZoneOffset.UTC).toString());
        assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);
        realm.signInWith(user, codes.get(3)).assertSignedIn();
    }

    @Test
    void loginVerificationIsTurnedOnThere(Person person) {
        try (TestRealm verifying = TestRealm.create()) {
            verifying.admin().registerRequiredAction(BackupCodesNames.VERIFICATION);
            TestUser user = verifying.user("turning-on").create();
            AccountConsolePage.open(person, verifying);
            LoginPage.on(person).signIn(user);
            AccountConsolePage console = AccountConsolePage.on(person);
            assertThat(Screen.text(person))
                    .contains("Login verification is not set up.", "Set up Login verification")
                    .doesNotContainPattern(Screen.MESSAGE_KEY);
            console.turnOnLoginVerification();
            LoginVerificationSetupPage.on(person).chooseApp();
            OtpSetupPage.on(person).setUp();
            BackupCodesPage.on(person).save();
            AccountConsolePage on = AccountConsolePage.on(person);
            assertThat(on.isSetUp()).isTrue();
            assertThat(on.offersLoginVerification()).isFalse();

            user.admin().deleteCredentials("otp");
            person.reload();
            AccountConsolePage off = AccountConsolePage.on(person);
            assertThat(off.entry()).contains("Login verification is off");
            assertThat(off.message()).contains("You won’t be asked for these codes");
            assertThat(off.offersLoginVerification()).isTrue();
        }
    }

    @Test
    void anUpdateReplacesTheOldSet(Person person) {
        TestUser user = realm.user("update").otp().create();
        List<String> older = realm.generateCodes(user);
        open(person, user).update();
        BackupCodesPage page = BackupCodesPage.on(person);
        assertThat(page.warnsOfRenewal()).isTrue();
        List<String> newer = page.save();
        assertThat(AccountConsolePage.on(person).entry()).contains("4 of 4 codes left");

        LoginClient old = realm.signInWith(user, older.get(0));
        old.assertNotSignedIn();
        assertThat(old.page().error())
                .isEqualTo("This code is from an older list that no longer works. Enter a code from your newest list.");
        realm.signInWith(user, newer.get(0)).assertSignedIn();
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);
    }

    @Test
    void aCancelledUpdateChangesNothing(Person person) {
        TestUser user = realm.user("cancel").otp().create();
        List<String> older = realm.generateCodes(user);
        open(person, user).update();
        BackupCodesPage page = BackupCodesPage.on(person);
        List<String> shown = page.codes();
        page.cancel();
        assertThat(AccountConsolePage.on(person).entry()).contains("4 of 4 codes left");

        realm.signInWith(user, shown.get(0)).assertNotSignedIn();
        realm.signInWith(user, older.get(0)).assertSignedIn();
    }

    @Test
    void codesAreDeletedThere(Person person) {
        TestUser user = realm.user("delete").otp().create();
        realm.generateCodes(user);
        open(person, user).delete();
        assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);
        AccountConsolePage.confirmDelete(person);
        assertThat(AccountConsolePage.on(person).isSetUp()).isFalse();
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();

        person.forgetSessions();
        LoginPage.open(person, realm).signIn(user);
        assertThat(OtpPage.on(person).offersAnotherWay()).isFalse();
    }

    @Test
    void otherSessionsEndOnlyWhenAsked(Person person) {
        TestUser user = realm.user("other-sessions").otp().create();
        LoginClient elsewhere = realm.signInWithApp(user);
        elsewhere.assertSignedIn();

        open(person, user).setUp();
        BackupCodesPage.on(person).save();
        AccountConsolePage.on(person).update();
        assertThat(user.admin().sessions()).isEqualTo(2);

        BackupCodesPage page = BackupCodesPage.on(person);
        page.tickLogoutOtherSessions();
        page.save();
        AccountConsolePage.on(person);
        await().untilAsserted(() -> assertThat(user.admin().sessions()).isEqualTo(1));
    }

    @Test
    void anApplicationLearnsHowItEnded(Person person) {
        TestUser user = realm.user("application").otp().create();
        person.open(realm.actionUrl(BackupCodesNames.ACTION));
        LoginPage.on(person).signIn(user);
        OtpPage.on(person).enter(user.totp());
        BackupCodesPage.on(person).cancel();
        assertThat(TestApplicationPage.on(person).actionStatus()).isEqualTo("cancelled");

        person.open(realm.actionUrl(BackupCodesNames.ACTION));
        BackupCodesPage.on(person).save();
        assertThat(TestApplicationPage.on(person).actionStatus()).isEqualTo("success");
    }

    private static AccountConsolePage open(Person person, TestUser user) {
        AccountConsolePage.open(person, realm);
        LoginPage.on(person).signIn(user);
        OtpPage.on(person).enter(user.totp());
        return AccountConsolePage.on(person);
    }
}
