package io.github.backupcodes.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.CodeList;
import io.github.backupcodes.support.Person;
import io.github.backupcodes.support.SharedServer;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import io.github.backupcodes.support.WithBrowser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Walks past every screen and takes its picture, in {@code target/screenshots}: each theme and language, in light and
 * dark, on a desk and on a phone. A screen that is wider than its window is a failure.
 */
@WithBrowser
class ScreenshotsIT {

    private static final Path DIRECTORY = BuildFiles.directory().resolve("screenshots");

    @ParameterizedTest
    @CsvSource({
        "keycloak.v2, en, Save your backup codes, Enter a backup code",
        "keycloak.v2, de, Backup-Codes speichern, Backup-Code eingeben",
        "keycloak, en, Save your backup codes, Enter a backup code",
        "keycloak, de, Backup-Codes speichern, Backup-Code eingeben",
    })
    void everyScreen(String theme, String language, String codesTitle, String signInTitle, Person person) {
        try (TestRealm realm = TestRealm.on(SharedServer.get())
                .with("displayName", "Example")
                .loginTheme(theme)
                .create()) {
            TestUser user = realm.user("alice")
                    .otp()
                    .locale(language)
                    .requiredAction(BackupCodesNames.ACTION)
                    .create();

            start(person, realm, language).signIn(user);
            OtpPage.on(person).enter(user.totp());
            BackupCodesPage page = BackupCodesPage.on(person);
            assertThat(Screen.heading(person)).isEqualTo(codesTitle);
            takeAll(person, "codes", theme, language);
            takeSheet(person, theme, language);
            person.page().locator("#codesSaved").focus();
            page.submitPastTheDisabledButton();
            assertThat(page.error()).isNotEmpty();
            takeAll(person, "codes-not-saved", theme, language);
            List<String> codes = page.save();
            assertThat(AppPage.on(person).isSignedIn()).isTrue();

            person.forgetSessions();
            start(person, realm, language).signIn(user);
            OtpPage.on(person).tryAnotherWay();
            SelectAuthenticatorPage ways = SelectAuthenticatorPage.on(person);
            assertThat(ways.ways()).hasSize(2);
            takeAll(person, "other-ways", theme, language);
            ways.choose(ways.ways().get(1));
            BackupCodePage field = BackupCodePage.on(person);
            assertThat(Screen.heading(person)).isEqualTo(signInTitle);
            takeAll(person, "sign-in", theme, language);
            field.enter(codes.get(0));
            assertThat(AppPage.on(person).isSignedIn()).isTrue();

            person.forgetSessions();
            start(person, realm, language).signIn(user);
            OtpPage.on(person).tryAnotherWay();
            ways.choose(ways.ways().get(1));
            field.enter(codes.get(0));
            assertThat(field.error()).isNotEmpty();
            takeAll(person, "sign-in-error", theme, language);

            person.open(realm.signInUrl(Map.of("ui_locales", language, "kc_action", BackupCodesNames.ACTION)));
            LoginPage.on(person).signIn(user);
            OtpPage.on(person).enter(user.totp());
            BackupCodesPage.on(person);
            takeAll(person, "codes-renewed", theme, language);
        }
    }

    @ParameterizedTest
    @CsvSource({"en, 10 of 10 codes left, 3 of 10 codes left", "de, Noch 10 von 10 Codes, Noch 3 von 10 Codes"})
    void theAccountConsole(String language, String fresh, String few, Person person) {
        try (TestRealm realm =
                TestRealm.on(SharedServer.get()).with("displayName", "Example").create()) {
            TestUser user = realm.user("alice").otp().locale(language).create();
            AccountConsolePage.open(person, realm);
            LoginPage.on(person).signIn(user);
            OtpPage.on(person).enter(user.totp());
            assertThat(AccountConsolePage.on(person).isSetUp()).isFalse();
            takeAll(person, "account-without-codes", "account", language);

            List<String> codes = CodeList.madeBy(user, realm);
            person.reload();
            assertThat(AccountConsolePage.on(person).entry()).contains(fresh);
            takeAll(person, "account", "account", language);

            codes.subList(0, 7).forEach(code -> CodeList.tryCode(user, realm, code));
            person.reload();
            assertThat(AccountConsolePage.on(person).entry()).contains(few);
            takeAll(person, "account-few-left", "account", language);
        }
    }

    private static LoginPage start(Person person, TestRealm realm, String language) {
        person.open(realm.signInUrl(Map.of("ui_locales", language)));
        return LoginPage.on(person);
    }

    private static void takeAll(Person person, String screen, String theme, String language) {
        for (ColorScheme colors : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            person.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
            for (int[] size : new int[][] {{1280, 900}, {390, 844}}) {
                person.page().setViewportSize(size[0], size[1]);
                person.page().evaluate("() => document.fonts.ready.then(() => true)");
                take(
                        person,
                        "%s-%s-%s-%s-%d"
                                .formatted(
                                        screen,
                                        theme,
                                        language,
                                        colors == ColorScheme.DARK ? "dark" : "light",
                                        size[0]));
            }
        }
        person.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        person.page().setViewportSize(1280, 900);
    }

    private static void takeSheet(Person person, String theme, String language) {
        person.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        // A4 in CSS pixels
        person.page().setViewportSize(794, 1123);
        take(person, "codes-printed-%s-%s".formatted(theme, language));
        person.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        person.page().setViewportSize(1280, 900);
    }

    private static void take(Person person, String name) {
        person.picture(DIRECTORY.resolve(name + ".png"));
        assertThat((boolean) person.page().evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                .as("%s fits its window", name)
                .isTrue();
    }
}
