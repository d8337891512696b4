package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import io.github.backupcodes.loginverification.LoginVerificationClient;
import io.github.backupcodes.loginverification.LoginVerificationInConsoleIT;
import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.BackupCodePage;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.support.browser.BrowserOptions;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Getting a set of codes, as a person does it. */
@WithBrowser
class NewCodesIT {

    @AutoClose
    private static final TestRealm realm = TestRealm.builder()
            .with("displayName", "Example: the shop")
            .codesForEverybody()
            .create();

    @Test
    void newUsersMakeCodesAtTheirFirstSignIn(Person person) {
        try (TestRealm welcoming = TestRealm.builder().codesForEverybody().create()) {
            welcoming.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("defaultAction", true));
            TestUser user = welcoming.user("newcomer").create();

            LoginPage.open(person, welcoming).signIn(user);
            BackupCodesPage.on(person).save();
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);
            assertThat(user.admin().requiredActions()).isEmpty();

            person.forgetSessions();
            LoginPage.open(person, welcoming).signIn(user);
            assertThat(TestApplicationPage.on(person).isSignedIn())
                    .as("asked once only")
                    .isTrue();
        }
    }

    @Test
    void anAdministratorCanAskForCodes(Person person) {
        TestUser user = realm.user("asked-by-admin").otp().create();
        List<String> older = realm.generateCodes(user);
        user.admin().require(BackupCodesNames.ACTION);

        List<String> newer = makeCodes(person, user, true);
        assertThat(newer).hasSize(10).doesNotContainAnyElementsOf(older);
        assertThat(realm.signInWith(user, older.get(0)).page().error()).startsWith("This code is from an older list");
        realm.signInWith(user, newer.get(0)).assertSignedIn();
    }

    @Test
    void theBrowserAsksForTheTick(Person person) {
        TestUser user = newUser("tick");
        BackupCodesPage page = toCodes(person, user);
        assertThat(page.warnsOfRenewal()).isFalse();
        assertThat(page.offersCancel()).as("no cancel where codes are required").isFalse();
        List<String> codes = page.codes();
        page.submit();
        assertThat(page.error()).isEqualTo(Messages.of("backupCodesErrorNotSaved"));
        person.assertFocus("#codesSaved", "where to go on");
        assertThat(page.codes()).as("the page has stayed").isEqualTo(codes);
        page.tickSaved();
        assertThat(person.page().isVisible("#input-error-codesSaved")).isFalse();
        page.submit();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    @Test
    void codesCanBeCopied(Person person) {
        BackupCodesPage page = toCodes(person, newUser("copying"));
        person.allowClipboard();
        page.copy();
        assertThat(page.status()).isEqualTo("Codes copied. Paste them into your password manager.");
        assertThat(person.clipboard().replace("\r\n", "\n"))
                .startsWith("Backup codes\n\nSite: Example: the shop (")
                .contains("\nUsername: copying\nCreated: ")
                .endsWith("\n\n" + String.join("\n", page.codes()) + "\n");
    }

    @Test
    void codesCanBeCopiedWithoutTheClipboardApi(Person person) {
        person.context().addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined });");
        BackupCodesPage page = toCodes(person, newUser("copying-the-old-way"));
        page.copy();
        assertThat(page.status()).isEqualTo("Codes copied. Paste them into your password manager.");
    }

    @Test
    void codesCanBeDownloaded(Person person) throws IOException {
        TestUser user = newUser("downloading");
        BackupCodesPage page = toCodes(person, user);
        Download file = page.download();
        assertThat(page.status())
                .isEqualTo("Codes downloaded. Keep the file where you can open it without your phone.");
        assertThat(file.suggestedFilename()).isEqualTo("Example-the-shop-backup-codes-downloading.txt");
        String text = Files.readString(file.path(), StandardCharsets.UTF_8);
        String host = URI.create(realm.url()).getHost();
        assertThat(text)
                .contains("Site: Example: the shop (" + host + ")\r\n", "Username: downloading\r\n")
                .containsPattern("Created: .* \\d{1,2}:\\d{2}:\\d{2}");
        assertThat(text).endsWith("\r\n\r\n" + String.join("\r\n", page.codes()) + "\r\n");
        assertThat(text.replace("\r\n", "")).doesNotContain("\n", "\r", "&", "<");
    }

    @Test
    void codesCanBePrinted(Person person) {
        person.context().addInitScript("window.prints = 0; window.print = () => { window.prints++; };");
        BackupCodesPage page = toCodes(person, newUser("printing"));
        List<String> codes = page.codes();
        page.print();
        assertThat(person.page().evaluate("() => window.prints")).isEqualTo(1);

        person.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        String sheet = Screen.text(person);
        assertThat(sheet)
                .contains("Example: the shop", "printing", "Each code works once")
                .contains(codes);
        assertThat(sheet).doesNotContain("Save your backup codes", "I’ve saved", "Finish", "Copy", "Sign out");
        assertThat(person.page().isVisible(Selectors.TITLE)).isFalse();
        assertThat(person.page().isVisible("#codesSaved")).isFalse();
        assertThat(person.page().isVisible("#backup-codes .bc-paper")).isTrue();
    }

    @Test
    @BrowserOptions(scripts = false)
    void scriptsAreNotNeeded(Person person) {
        try (TestRealm strict = TestRealm.create()) {
            strict.admin()
                    .configureExecution(strict.backupCodeExecution(), Map.of("ask-without-second-factor", "true"));
            TestUser user = strict.user("no-scripts").mustGenerateCodes().create();
            LoginPage.open(person, strict).signIn(user);
            BackupCodesPage page = BackupCodesPage.on(person);
            assertThat(page.offersTools()).isFalse();
            List<String> shownFirst = page.codes();
            page.submitPastTheBrowser();
            assertThat(page.error()).isEqualTo("Save these codes, then select this checkbox.");
            assertThat(page.warnsOfOthersBefore()).isTrue();
            List<String> codes = page.save();
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
            assertThat(codes).doesNotContainAnyElementsOf(shownFirst);

            person.forgetSessions();
            LoginPage.open(person, strict).signIn(user);
            BackupCodePage.on(person)
                    .enter(codes.get(0).toLowerCase(Locale.ROOT).replace('-', ' '));
            AfterUsePage.on(person).goOn();
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
        }
    }

    @Test
    void whoLeavesThePageGetsOtherCodes(Person person) {
        TestUser user = newUser("leaving");
        BackupCodesPage page = toCodes(person, user);
        List<String> first = page.codes();
        assertThat(page.warnsOfOthersBefore()).isFalse();
        assertThat(page.offersLanguages())
                .as("another language would show other codes")
                .isFalse();
        person.reload();
        List<String> second = BackupCodesPage.on(person).codes();
        assertThat(second).hasSize(10).doesNotContainAnyElementsOf(first);
        assertThat(page.warnsOfOthersBefore()).isTrue();
        assertThat(page.warnsOfRenewal()).isFalse();

        List<String> third = toCodes(person, user).codes();
        assertThat(third).hasSize(10).doesNotContainAnyElementsOf(first).doesNotContainAnyElementsOf(second);
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL))
                .as("nothing is saved yet")
                .isEmpty();
    }

    @Test
    void theWayBackShowsNoCodes(Person person) {
        TestUser user = newUser("going-back");
        BackupCodesPage page = toCodes(person, user);
        List<String> codes = page.save();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
        person.back();
        assertThat(person.page().content()).doesNotContain(codes);
        assertThat(person.page().locator("[data-backup-code]").count()).isZero();
    }

    @Test
    void usersWhoWillNotBeAskedForCodesGetNoneUntilTheyHaveASecondFactor() {
        try (TestRealm plain = TestRealm.create()) {
            TestUser user = plain.user("password-alone").mustGenerateCodes().create();
            LoginClient client = plain.signIn(user);
            client.assertSignedIn();
            assertThat(user.admin().requiredActions()).containsExactly(BackupCodesNames.ACTION);
            assertThat(LoginVerificationInConsoleIT.type(client, BackupCodesNames.CREDENTIAL)
                            .has("createAction"))
                    .isFalse();
            LoginClient byApplication = plain.signInFor(plain.user("sent").create(), BackupCodesNames.ACTION);
            byApplication.assertSignedIn();
            assertThat(byApplication.parameter("kc_action_status")).contains("error");

            LoginClient later = plain.signInFor(user, "CONFIGURE_TOTP");
            later.setUpApp("phone");
            assertThat(later.page().backupCodes()).as("%s", later.page()).hasSize(10);
            later.saveCodes();
            later.assertSignedIn();
            assertThat(user.admin().requiredActions()).isEmpty();

            plain.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("priority", 1));
            LoginClient both = plain.signIn(plain.user("otp-comes-next")
                    .requiredAction(BackupCodesNames.ACTION)
                    .requiredAction("CONFIGURE_TOTP")
                    .create());
            both.setUpApp("phone");
            assertThat(both.page().backupCodes()).as("%s", both.page()).hasSize(10);

            plain.admin().configureExecution(plain.backupCodeExecution(), Map.of("ask-without-second-factor", "true"));
            LoginClient alone =
                    plain.signIn(plain.user("asked-alone").mustGenerateCodes().create());
            assertThat(alone.page().backupCodes()).as("%s", alone.page()).hasSize(10);
        }
    }

    @Test
    void usersWithoutASecondFactorTurnOnLoginVerificationFirst() {
        try (TestRealm plain = LoginVerificationClient.ready(TestRealm.create())) {
            plain.admin().configureRequiredAction(BackupCodesNames.VERIFICATION, Map.of("grace-days", "10"));
            TestUser user = plain.user("required").mustGenerateCodes().create();
            LoginVerificationClient visit =
                    LoginVerificationClient.signIn(plain, user).isAsked();
            visit.skip().isSignedIn();
            LoginVerificationClient.signIn(plain, user).isSignedIn();
            assertThat(user.admin().requiredActions())
                    .as("until the reminder is due")
                    .containsExactly(BackupCodesNames.ACTION);

            LoginClient byApplication = plain.signInFor(user, BackupCodesNames.ACTION);
            byApplication.assertSignedIn();
            assertThat(byApplication.parameter("kc_action_status")).contains("error");

            TestUser sent = plain.user("sent").create();
            LoginClient client = plain.signInFor(sent, BackupCodesNames.ACTION);
            client.submit("#login-verification-form", Map.of("setUp", "otp"));
            client.setUpApp("phone");
            assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
            client.page().assertText("#loginVerificationOn", "loginVerificationOn");
            client.page().assertHasNo("[name=logout-sessions]", "Keycloak has asked");
            client.saveCodes();
            client.assertSignedIn();
            assertThat(client.parameter("kc_action_status")).contains("success");
            assertThat(sent.admin().requiredActions()).isEmpty();
        }
    }

    @Test
    void theLastCodeLeadsToANewSet(Person person) {
        try (TestRealm brief = TestRealm.builder().policy("code-count", "2").create()) {
            TestUser user = brief.user("last-code").otp().create();
            List<String> older = brief.generateCodes(user);
            assertThat(older).hasSize(2);
            brief.signInWith(user, older.get(1)).assertSignedIn();

            LoginClient last = brief.signInWith(user, older.get(0));
            last.assertNotSignedIn();
            assertThat(last.makeCodes().backupCodes()).hasSize(2);

            // a user who leaves that page is led back to it
            LoginPage.open(person, brief).signIn(user);
            OtpPage.on(person).enter(user.totp());
            BackupCodesPage page = BackupCodesPage.on(person);
            assertThat(page.warnsOfRenewal()).isTrue();
            List<String> newer = page.save();
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);
            brief.signInWith(user, newer.get(0)).assertSignedIn();
        }
    }

    @Test
    void theFileIsInTheLanguageOfThePage(Person person) throws IOException {
        TestUser user = newUser("german");
        person.open(realm.signInUrl(Map.of("ui_locales", "de")));
        LoginPage.on(person).signIn(user);
        BackupCodesPage page = BackupCodesPage.on(person);
        assertThat(Screen.heading(person)).isEqualTo("Backup-Codes speichern");
        assertThat(Screen.text(person))
                .contains("Speichern Sie diese Codes jetzt", "Ich habe meine Backup-Codes gespeichert", "Fertigstellen")
                .doesNotContainPattern(Screen.MESSAGE_KEY);
        Download file = page.download();
        assertThat(Files.readString(file.path(), StandardCharsets.UTF_8))
                .contains("Benutzername: german", "Kein Smartphone oder Passkey zur Hand?");
        page.save();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    private static TestUser newUser(String name) {
        return realm.user(name).mustGenerateCodes().create();
    }

    private static BackupCodesPage toCodes(Person person, TestUser user) {
        LoginPage.open(person, realm).signIn(user);
        return BackupCodesPage.on(person);
    }

    private static List<String> makeCodes(Person person, TestUser user, boolean renewal) {
        LoginPage.open(person, realm).signIn(user);
        OtpPage.on(person).enter(user.totp());
        BackupCodesPage page = BackupCodesPage.on(person);
        assertThat(page.warnsOfRenewal()).isEqualTo(renewal);
        List<String> codes = page.save();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
        return codes;
    }
}
