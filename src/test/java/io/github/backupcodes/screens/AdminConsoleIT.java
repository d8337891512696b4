package io.github.backupcodes.screens;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.github.backupcodes.pages.AdminSettingsPage;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings, and the credentials of a user, in the admin console. */
@WithBrowser
class AdminConsoleIT {

    private static final Path DIRECTORY = BuildFiles.directory().resolve("screenshots");

    @Test
    void aBadValueIsRefusedWithItsRange(Person person) {
        // with the defaults of a new realm
        try (TestRealm realm = TestRealm.builder().asking().create()) {
            person.page().setViewportSize(1280, 1640);
            AdminSettingsPage settings = AdminSettingsPage.open(person, realm);
            assertThat(settings.labels())
                    .startsWith(
                            Messages.of("backupCodesSettingCount"),
                            Messages.of("backupCodesSettingFormat"),
                            Messages.of("backupCodesSettingLength"),
                            Messages.of("backupCodesSettingExpiry"),
                            Messages.of("backupCodesSettingLow"),
                            Messages.of("backupCodesSettingConfirmation"),
                            Messages.of("backupCodesSettingFailures"),
                            Messages.of("backupCodesSettingPause"),
                            Messages.of("backupCodesSettingAsk"),
                            Messages.of("backupCodesSettingNotify"),
                            Messages.of("backupCodesSettingRecoveryCodes"),
                            Messages.of("backupCodesSettingHelpContact"),
                            Messages.of("backupCodesSettingHashKey"),
                            Messages.of("backupCodesSettingHash"))
                    .hasSize(15);
            assertThat(settings.value("code-count")).isEqualTo("10");
            assertThat(settings.value("code-length")).isEmpty();
            assertThat(settings.value("pause-minutes")).isEqualTo("15");
            person.picture(DIRECTORY.resolve("admin-settings.png"));

            settings.type("code-count", "51");
            settings.save();
            assertThat(settings.notice())
                    .contains(Messages.inConsole(
                            "en",
                            "backupCodesSettingOutOfRange",
                            "code-count",
                            Messages.of("backupCodesSettingCount"),
                            1,
                            50));
            person.picture(DIRECTORY.resolve("admin-settings-refused.png"));
            assertThat(realm.admin()
                            .requiredActionConfig(BackupCodesNames.ACTION)
                            .has("code-count"))
                    .isFalse();
            assertThat(settings.help(Messages.of("backupCodesSettingLength")))
                    .as("the administrator is told of six digits before they are saved")
                    .isEqualTo(Messages.of("backupCodesSettingLengthHelp"))
                    .contains("19.9");
        }
    }

    @Test
    void whatIsSavedThereIsThePolicy(Person person) {
        try (TestRealm realm = TestRealm.create()) {
            AdminSettingsPage settings = AdminSettingsPage.open(person, realm);
            settings.type("code-count", "4");
            settings.save();
            assertThat(settings.notice()).doesNotContain("code-count");
            assertThat(realm.admin().codesSetting("code-count").asText()).isEqualTo("4");

            HelpDeskCode.prepare(realm);
            TestUser user = realm.user("alice")
                    .otp()
                    .codes(TestCodeSet.of(10).used(2).used(5))
                    .create();
            HelpDeskCode.issue(realm, user);
            Locator labels = openCredentials(person, realm, user);
            labels.getByText("Backup codes: 8 of 10 left").waitFor();
            labels.getByText("Temporary code: until ").waitFor();
            person.picture(DIRECTORY.resolve("admin-credentials.png"));
        }
    }

    @Test
    void textMessagesAreConfiguredAndTheirNumberIsMasked(Person person) {
        try (SmsCodeRealm sms = SmsCodeRealm.create(Map.of())) {
            String number = SmsCodeRealm.number();
            String masked = "+49 •••• " + number.substring(number.length() - 2);
            TestUser user = sms.user("alice", number).create();
            person.page().setViewportSize(1280, 3600);
            AdminSettingsPage settings = AdminSettingsPage.open(
                    person, sms.realm(), Messages.of("requiredAction.CONFIGURE_SMS_CODE"), "countries");
            assertThat(settings.labels())
                    .startsWith(
                            Messages.of("smsCodeSettingSender"),
                            Messages.of("smsCodeSettingCountries"),
                            Messages.of("smsCodeSettingAllCountries"),
                            Messages.of("smsCodeSettingNumberTypes"))
                    .contains(Messages.of("smsCodeSettingHttpUrl"), Messages.of("smsCodeSettingHttpBody"))
                    .noneMatch(label -> Screen.MESSAGE_KEY.matcher(label).find());
            assertThat(settings.value("countries")).isEqualTo("DE,GB");
            assertThat(settings.value("per-number-day")).isEqualTo("3");
            person.picture(DIRECTORY.resolve("admin-sms-settings.png"));

            settings.type("countries", "");
            settings.save();
            assertThat(settings.notice())
                    .contains(Messages.inConsole(
                            "en", "smsCodeSettingNoCountries", "countries", Messages.of("smsCodeSettingCountries")));
            assertThat(sms.realm()
                            .admin()
                            .requiredActionConfig(SmsCodeRealm.ACTION)
                            .path("countries")
                            .asText())
                    .isEqualTo("DE,GB");

            openCredentials(person, sms.realm(), user).getByText(masked).waitFor();
            assertThat(Screen.text(person)).doesNotContain(number.substring(3));
            person.picture(DIRECTORY.resolve("admin-sms-credentials.png"));
        }
    }

    /** The labels in the list of a user's credentials. */
    private static Locator openCredentials(Person person, TestRealm realm, TestUser user) {
        person.page().setViewportSize(1440, 720);
        person.open(realm.server().baseUrl() + "/admin/master/console/#/" + realm.name() + "/users/" + user.id()
                + "/credentials");
        person.page().reload();
        return person.page().locator(".kc-userLabel-row");
    }
}
