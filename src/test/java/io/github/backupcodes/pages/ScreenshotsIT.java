package io.github.backupcodes.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.CodeList;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.MadeCodes;
import io.github.backupcodes.support.Person;
import io.github.backupcodes.support.SharedServer;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import io.github.backupcodes.support.Totp;
import io.github.backupcodes.support.WithBrowser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Walks past every screen and takes its picture, in {@code target/screenshots}: each theme and language, in light and
 * dark, on a desk and on a phone. A screen of ours that is wider than its window is a failure.
 */
@WithBrowser
class ScreenshotsIT {

    private static final Path DIRECTORY = BuildFiles.directory().resolve("screenshots");

    // in CSS pixels
    private static final int[] DESK = {1280, 900};
    private static final int[] PHONE = {390, 844};
    private static final int[] NARROW = {320, 640};
    private static final int[] A4 = {794, 1123};

    @ParameterizedTest(name = "{0}-{1}")
    @CsvSource({
        "keycloak.v2, en, Save your backup codes, Any code of your list",
        "keycloak.v2, de, Backup-Codes speichern, Ein beliebiger",
        "keycloak, en, Save your backup codes, Any code of your list",
        "keycloak, de, Backup-Codes speichern, Ein beliebiger",
    })
    void everyScreen(String theme, String language, String codesTitle, String signInHelp, Person person) {
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
            takeSheet(person, "codes", theme, language);
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
            takeAllOfKeycloaks(person, "other-ways", theme, language);
            ways.choose(ways.ways().get(1));
            BackupCodePage field = BackupCodePage.on(person);
            assertThat(Screen.text(person)).contains(signInHelp);
            takeAll(person, "sign-in", theme, language);
            field.enter(codes.get(0));
            AfterUsePage afterUse = AfterUsePage.on(person);
            takeAll(person, "after-use", theme, language);
            afterUse.goOn();
            assertThat(AppPage.on(person).isSignedIn()).isTrue();

            person.forgetSessions();
            start(person, realm, language).signIn(user);
            OtpPage.on(person).tryAnotherWay();
            ways = SelectAuthenticatorPage.on(person);
            ways.choose(ways.ways().get(1));
            field = BackupCodePage.on(person);
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

    @ParameterizedTest(name = "{0}-{1}")
    @CsvSource({"keycloak.v2, en", "keycloak.v2, de", "keycloak, en", "keycloak, de"})
    void oneFieldForOtpsAndCodes(String theme, String language, Person person) {
        try (TestRealm realm = TestRealm.on(SharedServer.get())
                .oneField()
                .with("displayName", "Example")
                .loginTheme(theme)
                .create()) {
            MadeCodes codes = MadeCodes.of(2).used(0);
            Map<String, Object> tablet = new HashMap<>(Totp.random().credential());
            tablet.put("userLabel", "Tablet");
            TestUser user =
                    realm.user("alice").otp().codes(codes).locale(language).create();
            start(person, realm, language).signIn(user);
            OneFieldPage page = OneFieldPage.on(person);
            takeAll(person, "one-field", theme, language);
            page.lostPhone();
            assertThat(page.saysHowToEnterACode()).isTrue();
            takeAll(person, "one-field-code", theme, language);
            page.enter(codes.code(0));
            assertThat(page.error()).isNotEmpty();
            takeAll(person, "one-field-error", theme, language);
            takeNarrow(person, "one-field-error", theme, language);
            user.admin().update(Map.of("credentials", List.of(tablet)));
            page.enter(user.totp().wrong());
            assertThat(page.error()).isNotEmpty();
            takeAll(person, "one-field-devices", theme, language);
        }
    }

    @ParameterizedTest(name = "{0}-{1}")
    @CsvSource({"keycloak.v2, en", "keycloak.v2, de", "keycloak, en", "keycloak, de"})
    void afterTheUseOfACode(String theme, String language, Person person) {
        try (TestRealm realm = TestRealm.on(SharedServer.get())
                .with("displayName", "Example")
                .loginTheme(theme)
                .policy("confirmation", "retype")
                .policy("code-format", "digits")
                .create()) {
            realm.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, "webauthn-authenticator", "ALTERNATIVE");
            MadeCodes few = MadeCodes.of(4);
            TestUser user =
                    realm.user("alice").otp().codes(few).locale(language).create();
            LoginClient client = realm.session(LoginClient.connections());
            client.signIn(user);
            client.otp(user.totp().now());
            client.open(Map.of("kc_action", "CONFIGURE_TOTP"));
            Totp second =
                    Totp.ofStored(client.page().document().select("#totpSecret").attr("value"));
            client.submit(
                    "#kc-totp-settings-form", Map.of("totp", second.now(), "userLabel", "Fairphone of my grandmother"));

            start(person, realm, language).signIn(user);
            OtpPage.on(person).tryAnotherWay();
            SelectAuthenticatorPage ways = SelectAuthenticatorPage.on(person);
            ways.choose(ways.ways().get(ways.ways().size() - 1));
            BackupCodePage.on(person).enter(few.code(0));
            AfterUsePage afterUse = AfterUsePage.on(person);
            assertThat(afterUse.choices()).hasSize(4);
            takeAll(person, "after-use-few", theme, language);
            takeNarrow(person, "after-use-few", theme, language);
            afterUse.setUpApp();
            OtpSetupPage.on(person).setUp("new phone");
            AfterUsePage.on(person);
            takeAll(person, "after-use-done", theme, language);
            afterUse.makeCodes();
            BackupCodesPage page = BackupCodesPage.on(person);
            takeAll(person, "codes-digits-typed-back", theme, language);
            takeNarrow(person, "codes-digits-typed-back", theme, language);
            takeSheet(person, "codes-digits", theme, language);
            page.typeBack(page.codes().get(page.numberAskedFor() % 10));
            BackupCodesPage.askingAgain(person);
            takeAll(person, "codes-asked-again", theme, language);
            takeNarrow(person, "codes-asked-again", theme, language);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"en, 10 of 10 codes left, 3 of 10 codes left", "de, Noch 10 von 10 Codes, Noch 3 von 10 Codes"})
    void theAccountConsole(String language, String fresh, String few, Person person) {
        try (TestRealm realm =
                TestRealm.on(SharedServer.get()).with("displayName", "Example").create()) {
            TestUser user = realm.user("alice").otp().locale(language).create();
            AccountConsolePage.open(person, realm);
            LoginPage.on(person).signIn(user);
            OtpPage.on(person).enter(user.totp());
            assertThat(AccountConsolePage.on(person).isSetUp()).isFalse();
            takeConsole(person, "account-without-codes", language);

            List<String> codes = CodeList.madeBy(user, realm);
            person.reload();
            assertThat(AccountConsolePage.on(person).entry()).contains(fresh);
            takeConsole(person, "account", language);

            codes.subList(0, 7).forEach(code -> CodeList.tryCode(user, realm, code));
            person.reload();
            assertThat(AccountConsolePage.on(person).entry()).contains(few);
            takeConsole(person, "account-few-left", language);
        }
    }

    private static LoginPage start(Person person, TestRealm realm, String language) {
        person.open(realm.signInUrl(Map.of("ui_locales", language)));
        return LoginPage.on(person);
    }

    private static void takeAll(Person person, String screen, String theme, String language) {
        forEachLook(person, theme, look -> {
            take(person, String.join("-", screen, theme, language, look));
            assertFits(person, screen + ", " + look);
        });
    }

    private static void takeAllOfKeycloaks(Person person, String screen, String theme, String language) {
        forEachLook(person, theme, look -> take(person, String.join("-", screen, theme, language, look)));
    }

    private static void takeConsole(Person person, String screen, String language) {
        forEachLook(person, "keycloak.v3", look -> {
            // its menu stays open when the window gets narrow
            person.reload();
            AccountConsolePage.on(person).scrollToBackupCodes();
            take(person, String.join("-", screen, language, look));
        });
    }

    private static void forEachLook(Person person, String theme, Consumer<String> picture) {
        // the older theme has no dark colours
        List<ColorScheme> schemes =
                theme.equals("keycloak") ? List.of(ColorScheme.LIGHT) : List.of(ColorScheme.LIGHT, ColorScheme.DARK);
        for (ColorScheme scheme : schemes) {
            for (int[] size : new int[][] {PHONE, DESK}) {
                person.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                person.page().setViewportSize(size[0], size[1]);
                picture.accept((scheme == ColorScheme.DARK ? "dark-" : "light-") + size[0]);
            }
        }
        person.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    /** The narrowest window that WCAG 2.2, 1.4.10 asks for. */
    private static void takeNarrow(Person person, String screen, String theme, String language) {
        person.page().setViewportSize(NARROW[0], NARROW[1]);
        take(person, String.join("-", screen, theme, language, "light-" + NARROW[0]));
        assertFits(person, screen + ", " + NARROW[0]);
    }

    private static void assertFits(Person person, String what) {
        assertThat((boolean) person.page().evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                .as("%s fits its window", what)
                .isTrue();
    }

    private static void takeSheet(Person person, String screen, String theme, String language) {
        person.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        person.page().setViewportSize(A4[0], A4[1]);
        take(person, "%s-printed-%s-%s".formatted(screen, theme, language));
        person.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        person.page().setViewportSize(DESK[0], DESK[1]);
    }

    private static void take(Person person, String name) {
        person.page().evaluate("() => document.fonts.ready.then(() => true)");
        person.picture(DIRECTORY.resolve(name + ".png"));
    }
}
