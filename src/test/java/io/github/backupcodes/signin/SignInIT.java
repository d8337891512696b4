package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.BackupCodePage;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.OtpSetupPage;
import io.github.backupcodes.pages.SelectAuthenticatorPage;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in with a backup code, as a person does it. */
@WithBrowser
class SignInIT {

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    @BeforeAll
    static void prepareRealm() {
        realm.admin().lockAfter(30);
    }

    @Test
    void codesOfOneListOpenTheDoorInAnyOrder(Person person) {
        TestUser user = realm.user("any-order")
                .requiredAction("CONFIGURE_TOTP")
                .mustGenerateCodes()
                .create();
        LoginPage.open(person, realm).signIn(user);
        OtpSetupPage.on(person).setUp();
        List<String> codes = BackupCodesPage.on(person).save();
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        for (int position : new int[] {3, 1, 10}) {
            toBackupCode(person, user).enter(inLowerCaseWithSpaces(codes.get(position - 1)));
            AfterUsePage.on(person).goOn();
            assertThat(TestApplicationPage.on(person).isSignedIn())
                    .as("code %d", position)
                    .isTrue();
        }
        assertThat(user.admin().failures()).isZero();
    }

    @Test
    void aUsedCodeIsRefused(Person person) {
        TestUser user = realm.user("used-code").otp().create();
        List<String> codes = realm.generateCodes(user);
        toBackupCode(person, user).enter(codes.get(4));
        AfterUsePage.on(person).goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        BackupCodePage again = toBackupCode(person, user);
        again.enter(codes.get(4));
        assertThat(again.error())
                .isEqualTo("This code has already been used. Cross it off your list and enter another one.");
        assertThat(again.typed()).as("a code is never sent back").isEmpty();
        again.enter(codes.get(5));
        AfterUsePage.on(person).goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    @Test
    void aWrongCodeIsRefusedAndCounted(Person person) {
        TestUser user = realm.user("wrong-code").otp().create();
        List<String> codes = realm.generateCodes(user);

        BackupCodePage page = toBackupCode(person, user);
        page.enter(codeOfSomebodyElse());
        assertThat(page.error())
                .isEqualTo(
                        "This isn’t one of your backup codes. Make sure you’re using your list for this site, then try"
                                + " again.");
        await().untilAsserted(() -> assertThat(user.admin().failures()).isEqualTo(1));
        page.enter(codes.get(0));
        AfterUsePage.on(person).goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    @Test
    void aTypingMistakeIsToldAndNotCounted(Person person) {
        TestUser user = realm.user("typing-mistake").otp().create();
        List<String> codes = realm.generateCodes(user);

        BackupCodePage page = toBackupCode(person, user);
        page.type(withAnotherLastSymbol(codes.get(0)));
        assertThat(page.hint()).isEqualTo("This doesn’t look like a backup code. Check it for typos.");
        page.submit();
        assertThat(page.error())
                .isEqualTo("Check this code for typos and try again. This didn’t count as a failed attempt.");
        assertThat(user.admin().failures()).isZero();

        // the detection may count late: a failure that does count tells when it has
        page.enter(codeOfSomebodyElse());
        await().untilAsserted(() -> assertThat(user.admin().failures()).isPositive());
        assertThat(user.admin().failures()).isEqualTo(1);
        page.enter(codes.get(0));
        AfterUsePage.on(person).goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    @Test
    void anEmptyFieldIsToldAndNotCounted(Person person) {
        TestUser user = realm.user("empty-field").otp().create();
        realm.generateCodes(user);

        BackupCodePage page = toBackupCode(person, user);
        for (String nothing : List.of("", "   ", " - - ")) {
            page.enter(nothing);
            assertThat(page.error()).as("[%s]", nothing).isEqualTo("Enter one of your backup codes.");
            person.assertFocus("#backupCode", "after an error");
        }
        assertThat(user.admin().failures()).isZero();
    }

    @Test
    void theFieldGroupsWhatIsTyped(Person person) {
        TestUser user = realm.user("grouping").otp().create();
        String code = realm.generateCodes(user).get(0);
        String symbols = code.replace("-", "").toLowerCase(Locale.ROOT);

        BackupCodePage page = toBackupCode(person, user);
        page.press(symbols);
        assertThat(page.typed()).isEqualTo(code);
        assertThat(page.hint()).isEmpty();

        for (int i = 0; i < 10; i++) {
            person.page().keyboard().press("Backspace");
        }
        assertThat(page.typed()).isEqualTo(code.substring(0, 5));
        page.press(symbols.substring(5));
        assertThat(page.typed()).isEqualTo(code);

        // with its number, in quotes, and with the digits of another keyboard
        page.type("3. \"" + symbols.replace('4', '\u096A').replace('7', '\u0667') + "\"");
        assertThat(page.typed()).isEqualTo(code);
        page.submit();
        AfterUsePage.on(person).goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    @Test
    void aLineOfTheListCanBePasted(Person person) {
        TestUser user = realm.user("pasting").otp().create();
        String code = realm.generateCodes(user).get(2);
        person.allowClipboard();

        BackupCodePage page = toBackupCode(person, user);
        person.copy("3. " + code);
        person.page().focus("#backupCode");
        person.page().keyboard().press("Control+V");
        assertThat(page.typed()).isEqualTo(code);
        page.submit();
        AfterUsePage.on(person).goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    @Test
    void theKeyboardAloneIsEnough(Person person) {
        // the newer theme's list of ways to sign in is Keycloak's own, and does not answer to the keyboard
        try (TestRealm older = TestRealm.builder().loginTheme("keycloak").create()) {
            TestUser user = older.user("keyboard").otp().create();
            String code = older.generateCodes(user).get(0);

            LoginPage.open(person, older);
            person.tabTo("#username");
            person.page().keyboard().type(user.username());
            person.tabTo("#password");
            person.page().keyboard().type(user.password());
            person.page().keyboard().press("Enter");
            OtpPage.on(person);
            person.tabTo("#try-another-way");
            person.page().keyboard().press("Enter");
            SelectAuthenticatorPage.on(person);
            person.tabTo("[name=authenticationExecution][value='" + older.backupCodeExecution() + "']");
            person.page().keyboard().press("Enter");
            typesByKeyboard(person, code);
        }
    }

    @Test
    void thePageIsInTheLanguageThatTheApplicationAsksFor() {
        TestUser user =
                realm.user("german-sign-in").otp().codes(TestCodeSet.of(2)).create();
        LoginClient client = realm.newBrowser();
        client.open(Map.of("ui_locales", "de"));
        client.password(user.username(), user.password());
        client.choose(realm.backupCodeExecution());
        assertThat(client.page().text(Selectors.TITLE)).isEqualTo(Messages.in("de", "backupCodeTitle"));
        client.backupCode("");
        assertThat(client.page().error()).isEqualTo(Messages.in("de", "backupCodeErrorEmpty"));
    }

    private static void typesByKeyboard(Person person, String code) {
        BackupCodePage page = BackupCodePage.on(person);
        person.assertFocus("#backupCode", "when the page opens");
        person.page().keyboard().press("Enter");
        page.awaitError();
        person.assertFocus("#backupCode", "after an error");
        person.page().keyboard().type(code);
        person.tabTo("#kc-login");
        person.page().keyboard().press("Enter");
        AfterUsePage.on(person);
        person.tabTo("#continue");
        person.page().keyboard().press("Enter");
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    private static BackupCodePage toBackupCode(Person person, TestUser user) {
        person.forgetSessions();
        LoginPage.open(person, realm).signIn(user);
        OtpPage.on(person).tryAnotherWay();
        SelectAuthenticatorPage.on(person).choose("Backup code");
        return BackupCodePage.on(person);
    }

    private static String inLowerCaseWithSpaces(String code) {
        return " " + code.toLowerCase(Locale.ROOT).replace('-', ' ') + " ";
    }

    private static String codeOfSomebodyElse() {
        return new CodeGenerator(new SecureRandom())
                .generate(CodeFormat.DEFAULT, 1)
                .get(0)
                .grouped();
    }

    private static String withAnotherLastSymbol(String code) {
        char last = code.charAt(code.length() - 1);
        return code.substring(0, code.length() - 1) + (last == 'A' ? 'B' : 'A');
    }
}
