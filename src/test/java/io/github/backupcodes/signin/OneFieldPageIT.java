package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.OneFieldPage;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.support.browser.BrowserOptions;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The page with one field for OTPs and codes, as a person uses it. */
@WithBrowser
class OneFieldPageIT {

    private static final TestCodeSet CODES = TestCodeSet.of(3);

    @AutoClose
    private static final TestRealm realm =
            TestRealm.builder().oneField().policy("low-threshold", "0").create();

    @Test
    void whoLostThePhoneTurnsTheFieldIntoOneForABackupCode(Person person) {
        TestUser user = realm.user("switching").otp().codes(CODES).create();
        OneFieldPage page = open(person, user);
        person.assertFocus("#otp", "when the page opens");
        assertThat(page.label()).isEqualTo("One-time code");
        assertThat(page.keys()).isEqualTo("numeric");
        assertThat(page.saysHowToEnterACode()).isFalse();

        page.lostPhone();
        PlaywrightAssertions.assertThat(person.page().locator("label[for=otp]")).hasText("Backup code");
        person.assertFocus("#otp", "after the switch");
        assertThat(page.keys()).isEqualTo("text");
        assertThat(page.saysHowToEnterACode()).isTrue();
        page.type(CODES.code(0).replace("-", "").toLowerCase(Locale.ROOT));
        assertThat(page.typed()).isEqualTo(CODES.code(0));
        page.type(mistyped(CODES.code(0)));
        assertThat(page.hint()).isEqualTo("This doesn’t look like a backup code. Check it for typos.");

        page.lostPhone();
        PlaywrightAssertions.assertThat(person.page().locator("label[for=otp]")).hasText("One-time code");
        assertThat(page.hint()).isEmpty();
        page.enter(user.totp().now());
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
        assertThat(person.problems()).isEmpty();
    }

    @Test
    void aPastedCodeSpeaksForItself(Person person) {
        TestUser user = realm.user("pasting").otp().codes(CODES).create();
        person.allowClipboard();
        OneFieldPage page = open(person, user);
        person.copy("2. " + CODES.code(1));
        person.page().focus("#otp");
        person.page().keyboard().press("Control+V");
        PlaywrightAssertions.assertThat(person.page().locator("label[for=otp]")).hasText("Backup code");
        assertThat(page.typed()).isEqualTo(CODES.code(1));
        person.page().keyboard().press("Enter");
        AfterUsePage.on(person).goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        page = open(person, user);
        page.enter(CODES.code(1));
        assertThat(page.error()).isEqualTo(Messages.of("backupCodeErrorUsed"));
        assertThat(page.label()).as("the page stays with backup codes").isEqualTo("Backup code");
        assertThat(page.typed()).as("a code is never sent back").isEmpty();
        assertThat(Screen.inline(person)).isEmpty();
        assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);
        assertThat(person.problems()).isEmpty();
    }

    @Test
    @BrowserOptions(scripts = false)
    void withoutScriptsTheFieldTakesBoth(Person person) {
        TestUser user = realm.user("scriptless").otp().codes(CODES).create();
        OneFieldPage page = open(person, user);
        assertThat(page.keys()).as("a phone can type letters").isEqualTo("text");
        assertThat(page.saysHowToEnterACode()).isFalse();
        page.lostPhone();
        assertThat(page.saysHowToEnterACode()).isTrue();
        page.enter(mistyped(CODES.code(2)));
        assertThat(page.error()).isEqualTo(Messages.of("backupCodeErrorMistyped"));
        assertThat(page.saysHowToEnterACode()).as("stays open").isTrue();
        page.enter(" " + CODES.code(2).toLowerCase(Locale.ROOT).replace("-", " "));
        AfterUsePage.on(person).goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        open(person, user).enter(user.totp().now());
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    @Test
    void theKeyboardAloneIsEnough(Person person) {
        TestUser user = realm.user("keyboard").otp().codes(CODES).create();
        open(person, user);
        person.tabTo("#lost-phone summary");
        person.page().keyboard().press("Enter");
        PlaywrightAssertions.assertThat(person.page().locator("label[for=otp]")).hasText("Backup code");
        person.assertFocus("#otp", "after the switch");
        person.page().keyboard().press("Enter");
        Screen.await(person.page(), "#input-error-backupCode");
        person.assertFocus("#otp", "after an error");
        // the script adds the second
        PlaywrightAssertions.assertThat(person.page().locator("#otp"))
                .hasAttribute("aria-describedby", Pattern.compile("\\binput-error-backupCode otp-help\\b"));
        person.page().keyboard().type(CODES.code(0));
        person.page().keyboard().press("Enter");
        AfterUsePage.on(person).goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    @Test
    void oneOfSeveralDevicesIsChosen(Person person) {
        Totp tablet = Totp.random();
        Map<String, Object> second = new HashMap<>(tablet.credential());
        second.put("userLabel", "tablet");
        TestUser user = realm.user("devices").otp().create();
        user.admin().update(Map.of("credentials", List.of(second)));

        OneFieldPage page = open(person, user);
        assertThat(page.devices()).containsExactly("phone", "tablet");
        assertThat(page.keys()).as("without codes").isEqualTo("numeric");
        page.choose("tablet");
        page.enter(tablet.wrong());
        assertThat(page.error()).isEqualTo("Invalid authenticator code.");
        assertThat(person.page().isChecked("input[name=selectedCredentialId] >> nth=1"))
                .as("the choice is kept")
                .isTrue();
        page.enter(tablet.now());
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    private static OneFieldPage open(Person person, TestUser user) {
        person.forgetSessions();
        LoginPage.open(person, realm).signIn(user);
        return OneFieldPage.on(person);
    }

    private static String mistyped(String code) {
        return (code.charAt(0) == '7' ? '8' : '7') + code.substring(1);
    }
}
