package io.github.backupcodes.screens;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.github.backupcodes.pages.AccountConsolePage;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.pages.SmsCodeSetupPage;
import io.github.backupcodes.pages.VerificationCodePage;
import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Backup codes in the account console, in every state that a set can be in, and codes by text message; in German and Arabic as well.
 */
@WithBrowser
class AccountScreensIT {

    private static final List<String> LANGUAGES = List.of("en", "de", "ar");
    private static final DisplayMode DESK = DisplayMode.usual();
    private static final DisplayMode PHONE = new DisplayMode(ColorScheme.DARK, 390);
    private static final Path DIRECTORY = BuildFiles.directory().resolve("screenshots");

    @AutoClose
    private static final TestRealm realm = TestRealm.builder()
            .with("displayName", "Example")
            .with("supportedLocales", LANGUAGES)
            .codesForEverybody()
            .create();

    /** States of a set: how many of ten codes are left, where it can be told, and what there is to warn of. */
    enum State {
        WITHOUT("", ""),
        FRESH("10", ""),
        FEW("3", "FewLeft"),
        ENDING("10", "ExpireSoon"),
        NONE("0", "NoneLeft"),
        DISABLED("", "Disabled"),
        EXPIRED("", "Expired"),
        UNREADABLE("", "Unreadable");

        private final String left;
        private final String warning;

        State(String left, String warning) {
            this.left = left;
            this.warning = warning;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConsoleTellsTheState(State state, Person person) {
        TestUser user = user(state);
        Totp app = Totp.random();
        AccountConsolePage.open(person, realm);
        LoginPage.on(person).signIn(user);
        AccountConsolePage.on(person);
        if (state != State.UNREADABLE) {
            // only now, so that the sign-in asks for nothing
            user.admin().update(Map.of("credentials", List.of(app.credential())));
            person.reload();
        }
        for (String language : state == State.FEW ? LANGUAGES : LANGUAGES.subList(0, 1)) {
            if (!language.equals("en")) {
                user.admin().update(Map.of("attributes", Map.of("locale", List.of(language))));
                person.reload();
            }
            AccountConsolePage console = AccountConsolePage.on(person);
            assertThat(console.title()).isEqualTo(words(language, "backup-codes-display-name"));
            assertThat(console.helpText()).isEqualTo(words(language, "backup-codes-help-text"));
            assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);
            tellsTheState(console, state, language);
            picture(person, state, language, DESK);
            if (language.equals("en")) {
                axeFindsNothing(person, BackupCodesNames.CREDENTIAL);
            }
            if (state == State.FEW) {
                onThePhone(person, language);
                if (language.equals(LANGUAGES.get(0))) {
                    updateAsksForTheSecondFactor(person, user, app);
                }
                updateAndDeleteAreThere(person, language);
            }
        }
    }

    @Test
    void numberForCodesIsReplacedDeletedAndSetUp(Person person) {
        try (SmsCodeRealm sms = SmsCodeRealm.create(Map.of())) {
            sms.realm().admin().update(Map.of("displayName", "Example", "supportedLocales", LANGUAGES));
            String before = SmsCodeRealm.number();
            TestUser user = sms.user("sms", before).locale("en").create();
            AccountConsolePage.open(person, sms.realm());
            LoginPage.on(person).signIn(user);
            VerificationCodePage.on(person).enter(sms.awaitCode(before, 1));
            AccountConsolePage console = AccountConsolePage.on(person, SmsCodeRealm.TYPE);
            assertThat(console.title()).isEqualTo(words("en", "sms-code-display-name"));
            assertThat(console.helpText()).isEqualTo(words("en", "sms-code-help-text"));
            assertThat(console.offersSetUp()).as("one number per user").isFalse();

            console.update();
            SmsCodeSetupPage.on(person).cancel();
            AccountConsolePage.on(person, SmsCodeRealm.TYPE).delete();
            Screen.await(person.page(), "#kc-accept");
            assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);
            AccountConsolePage.confirmDelete(person);
            AccountConsolePage deleted = AccountConsolePage.on(person, SmsCodeRealm.TYPE);
            assertThat(deleted.isSetUp()).isFalse();
            assertThat(deleted.setUpLabel()).contains(words("en", "sms-code-display-name"));
            assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);
            picture(person, "sms-without", "en", DESK, SmsCodeRealm.TYPE);

            deleted.setUp();
            String number = SmsCodeRealm.number();
            SmsCodeSetupPage.on(person).enter("DE", number);
            VerificationCodePage.on(person).enter(sms.awaitCode(number, 1));
            showsTheNumber(person, user, number);
        }
    }

    /** Masked, in each language; each language on the desk and on the phone. */
    private static void showsTheNumber(Person person, TestUser user, String number) {
        for (String language : LANGUAGES) {
            AccountConsolePage.on(person, SmsCodeRealm.TYPE);
            if (!language.equals("en")) {
                user.admin().update(Map.of("attributes", Map.of("locale", List.of(language))));
                person.reload();
            }
            AccountConsolePage console = AccountConsolePage.on(person, SmsCodeRealm.TYPE);
            assertThat(console.helpText()).isEqualTo(words(language, "sms-code-help-text"));
            assertThat(console.entry())
                    .contains("+49 •••• " + number.substring(number.length() - 2))
                    .doesNotContain(number.substring(3));
            assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);
            picture(person, "sms", language, DESK, SmsCodeRealm.TYPE);
            if (language.equals("en")) {
                axeFindsNothing(person, SmsCodeRealm.TYPE);
            }
            if (Person.takesPictures()) {
                PHONE.putOn(person);
                person.reload();
                AccountConsolePage.on(person, SmsCodeRealm.TYPE);
                picture(person, "sms", language, PHONE, SmsCodeRealm.TYPE);
                DESK.putOn(person);
                person.reload();
            }
        }
    }

    private static TestUser user(State state) {
        TestUser.Builder user =
                realm.user(state.name().toLowerCase(Locale.ROOT)).locale("en");
        TestCodeSet codes = TestCodeSet.of(10);
        switch (state) {
            case WITHOUT -> {}
            case FRESH, UNREADABLE -> user.credential(named(codes));
            case FEW -> user.credential(named(used(codes, 7)));
            case ENDING ->
                user.credential(named(codes.madeAt(Instant.now().minus(300, ChronoUnit.DAYS))
                        .expiringAt(Instant.now().plus(5, ChronoUnit.DAYS))));
            case NONE -> user.credential(named(used(codes, 10)));
            case DISABLED -> user.credential(named(codes.guessed(100, null)));
            case EXPIRED -> user.credential(named(codes.expiringAt(Instant.now().minus(1, ChronoUnit.DAYS))));
        }
        TestUser created = user.create();
        if (state == State.UNREADABLE) {
            String set = created.admin().credentialId(BackupCodesNames.CREDENTIAL);
            realm.admin().put("/" + RowLockResourceFactory.ID + "/" + set, Map.of());
            // the cache still has the set as it was; a change of the user empties it
            created.admin().update(Map.of("lastName", "Spoiled"));
        }
        return created;
    }

    /** With the name that sets get which people make for themselves. */
    private static Map<String, Object> named(TestCodeSet codes) {
        Map<String, Object> credential = new LinkedHashMap<>(codes.credential());
        credential.put("userLabel", words("en", "backup-codes-display-name"));
        return credential;
    }

    private static TestCodeSet used(TestCodeSet codes, int count) {
        TestCodeSet used = codes;
        for (int i = 0; i < count; i++) {
            used = used.used(i);
        }
        return used;
    }

    private static void tellsTheState(AccountConsolePage console, State state, String language) {
        assertThat(console.isSetUp()).isEqualTo(state != State.WITHOUT);
        assertThat(console.offersSetUp()).isEqualTo(state == State.WITHOUT);
        if (state == State.WITHOUT) {
            assertThat(console.setUpLabel()).contains(words(language, "backup-codes-display-name"));
            return;
        }
        if (state.left.isEmpty()) {
            assertThat(console.entry())
                    .as("codes that do not work are not counted")
                    .doesNotContain(words(language, "backupCodesRemaining", "10", "10"));
        } else {
            assertThat(console.entry()).contains(words(language, "backupCodesRemaining", state.left, "10"));
        }
        if (state.warning.isEmpty()) {
            assertThat(console.entry()).doesNotContain(words(language, "backupCodesFewLeftTitle"));
        } else {
            assertThat(console.entry())
                    .contains(
                            words(language, "backupCodes" + state.warning + "Title"),
                            words(language, "backupCodes" + state.warning + "Text"));
        }
    }

    private static void onThePhone(Person person, String language) {
        PHONE.putOn(person);
        // its menu stays open when the window gets narrow
        person.reload();
        AccountConsolePage.on(person);
        picture(person, State.FEW, language, PHONE);
        if (language.equals("en")) {
            axeFindsNothing(person, BackupCodesNames.CREDENTIAL);
        }
        DESK.putOn(person);
        person.reload();
    }

    /** This sign-in came before the app: new codes need the app, too. */
    private static void updateAsksForTheSecondFactor(Person person, TestUser user, Totp app) {
        AccountConsolePage.on(person).update();
        LoginPage.on(person).signIn(user);
        OtpPage.on(person).enter(app);
        BackupCodesPage.on(person).cancel();
        AccountConsolePage.on(person);
    }

    private static void updateAndDeleteAreThere(Person person, String language) {
        AccountConsolePage.on(person).update();
        BackupCodesPage page = BackupCodesPage.on(person);
        assertThat(Screen.heading(person)).isEqualTo(words(language, "backupCodesTitle"));
        page.cancel();
        AccountConsolePage.on(person).delete();
        Screen.await(person.page(), "#kc-decline");
        assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);
        person.picture(DIRECTORY.resolve("account-delete-" + language + "-" + DESK + ".png"));
        AccountConsolePage.declineDelete(person);
        AccountConsolePage.on(person);
    }

    /** What the console's own markup breaks, it breaks for the password, too. */
    private static void axeFindsNothing(Person person, String type) {
        Axe.Findings ofTheConsole = Axe.parts(person, entry("password"));
        Axe.Findings ours = Axe.parts(person, entry(type));
        assertThat(ours.violations().keySet())
                .isSubsetOf(ofTheConsole.violations().keySet());
    }

    private static void picture(Person person, State state, String language, DisplayMode displayMode) {
        picture(person, state.name().toLowerCase(Locale.ROOT), language, displayMode, BackupCodesNames.CREDENTIAL);
    }

    private static void picture(Person person, String screen, String language, DisplayMode displayMode, String type) {
        AccountConsolePage.on(person, type).scrollToType();
        person.picture(
                DIRECTORY.resolve(String.join("-", "account", screen, language, displayMode.toString()) + ".png"));
    }

    /** Where our texts stand; the console's own frame around them is not ours. */
    private static String[] entry(String type) {
        return new String[] {
            "[data-testid='" + type + "/title']",
            "[data-testid='" + type + "/help-text']",
            "[data-testid='" + type + "/credential-list']"
        };
    }

    private static String words(String language, String key, Object... parameters) {
        return Messages.inConsole(language, key, parameters);
    }
}
