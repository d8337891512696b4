package io.github.backupcodes.notme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.race.server.NotificationResourceFactory;
import io.github.backupcodes.race.server.ReadOnlyUserStorageProvider;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.ReadOnlyStorage;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The link "it was not me". */
class NotMeIT {

    private static final String FORM = "#backup-codes-not-me";
    private static final String DONE = "#backup-codes-not-me-done";
    private static final String KEPT = "#backup-codes-not-me-kept";
    private static final String OVER = "#backup-codes-not-me-over";
    private static final String SIGN_IN = "#signIn";

    /** The mail about a temporary code comes while the page after it is open, which must not be lost. */
    @Test
    void lookingAtTheLinkDoesNotEndWhatTheBrowserDoesInOtherTabs() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            HelpDeskCode.prepare(realm);
            TestUser user = realm.user("looker").otp().create();
            LoginClient client = realm.enterCode(user, HelpDeskCode.issue(realm, user));
            URI open = client.action(Selectors.CODE_USED_PAGE + " form");
            client.get(URI.create(mails.await(Messages.of("backupCodesMailTemporaryUsedSubject"))
                    .link()));
            client.submit(FORM, Map.of("itWasMe", "true")).assertHas(KEPT);

            client.send(client.prepareRaw(open, "setUp=CONFIGURE_TOTP"));

            client.assertHas(Selectors.APP_SETUP_FORM);
        }
    }

    @Test
    void itTakesTheCodesEndsTheSessionsAndAsksForANewPassword() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestCodeSet codes = TestCodeSet.of(10);
            TestUser user = realm.user("alice").otp().codes(codes).create();
            LoginClient thief = realm.signInWith(user, codes.code(0));
            thief.assertSignedIn();
            URI link = URI.create(
                    mails.await(Messages.of("backupCodesMailUsedSubject")).link());
            assertThat(link.toString()).doesNotContain("alice");

            // a program that looks through mail
            LoginClient scanner = realm.newBrowser();
            scanner.send(scanner.request(link)
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build());
            for (int i = 0; i < 2; i++) {
                scanner.get(link).assertHas(FORM);
            }
            assertThat(user.admin().sessions()).isEqualTo(1);
            assertThat(user.admin().usedBackupCodes()).isEqualTo(1);

            // the user, at a browser without a session
            LoginClient owner = realm.newBrowser();
            HttpPage asking = owner.get(link);
            asking.assertText(Selectors.TITLE, "backupCodesNotMeTitle");
            assertThat(asking.text(FORM))
                    .contains(Messages.of("backupCodesMailUsedSubject"))
                    .contains("alice", "127.0.0.1", TestRealm.CLIENT)
                    .contains(Messages.of("backupCodesNotMeMayLock"));
            assertThat(payload(link))
                    .as("pages' addresses get into logs")
                    .doesNotContain("\"127.0.0.1\"", '"' + TestRealm.CLIENT + '"');
            owner.submit(FORM, Map.of("itWasMe", "true")).assertHas(KEPT);
            assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
            owner.get(link).assertHas(FORM);
            String german =
                    asking.document().select("option[value*=kc_locale=de]").attr("abs:value");
            owner.get(URI.create(german)).assertHas("html[lang=de] " + FORM);
            owner.get(link);
            HttpPage done = owner.submit(FORM, Map.of());
            done.assertHas(DONE);
            assertThat(done.document().select(SIGN_IN).attr("href")).isEqualTo(realm.signingInUrl());
            assertThat(done.body()).as("no language to choose any more").doesNotContain("kc_locale");
            assertThat(done.text(DONE))
                    .as("in the language just chosen")
                    .contains(Messages.in("de", "backupCodesNotMeNewPassword"));
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
            assertThat(user.admin().credentials("otp")).hasSize(1);
            assertThat(user.admin().sessions()).isZero();
            assertThat(user.admin().requiredActions()).containsExactly("UPDATE_PASSWORD");
            assertThat(realm.admin().events("REMOVE_CREDENTIAL"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.path("userId").asText()).isEqualTo(user.id());
                        assertThat(Event.detail(event, "credential_type")).isEqualTo(BackupCodesNames.CREDENTIAL);
                        assertThat(Event.detail(event, "reason")).isEqualTo("backup_codes_not_me");
                    });
            Event.assertOnly(realm.admin().events("LOGOUT"), Map.of("reason", "backup_codes_not_me"));

            // once
            HttpPage again = owner.get(link);
            assertThat(again.status()).isEqualTo(400);
            again.assertHasNo(FORM);
            assertThat(again.text(OVER)).contains(Messages.in("de", "backupCodesNotMeOverText"));
            again.assertHas(SIGN_IN);
            assertThat(again.body()).doesNotContain("alice");
            assertThat(again.text(OVER)).doesNotContain("127.0.0.1");
            LoginClient late = realm.newBrowser();
            HttpPage posted = late.send(late.request(URI.create(done.document().baseUri()))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build());
            assertThat(posted.status()).isEqualTo(400);
            assertThat(realm.admin().events("REMOVE_CREDENTIAL")).hasSize(1);

            Clocks.awaitNotBefore(user);
            LoginClient next = realm.signInWithApp(user);
            next.assertHas(Selectors.NEW_PASSWORD_FORM);
        }
    }

    /** What was decided stays so. */
    @Test
    void theCodesAreGoneEvenWhereThePageThatSaysSoCannotBeRendered() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestUser user = realm.user("alice").otp().codes(TestCodeSet.of(2)).create();
            URI link = told(mails, realm, user.id());
            LoginClient owner = realm.newBrowser();
            owner.get(link);
            realm.admin().update(Map.of("attributes", Map.of("test-fault", "throw")));
            assertThat(owner.submit(FORM, Map.of()).status()).isEqualTo(500);
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
            assertThat(owner.get(link).status()).as("the link is used").isEqualTo(400);
        }
    }

    @Test
    void itWorksWhereTheUserIsSignedInAndHasNoCodesAnyMore() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestUser user = realm.user("bob").create();
            URI link = told(mails, realm, user.id());
            LoginClient browser = realm.signIn(user);
            browser.assertSignedIn();
            browser.get(link);
            browser.submit(FORM, Map.of()).assertHas(DONE);
            assertThat(user.admin().sessions()).isZero();
            assertThat(browser.open().has(Selectors.PASSWORD_FORM))
                    .as("%s: signed out here too", browser.page())
                    .isTrue();
            assertThat(realm.admin().events("REMOVE_CREDENTIAL")).hasSize(1);
        }
    }

    @Test
    void itWorksBesideTheSessionOfSomebodyElseWhichItLeavesAlone() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestUser owner = realm.user("olga").otp().codes(TestCodeSet.of(3)).create();
            TestUser other = realm.user("otto").codes(TestCodeSet.of(3)).create();
            URI link = told(mails, realm, owner.id());
            LoginClient browser = realm.signIn(other);
            browser.assertSignedIn();
            realm.admin().clearEvents();

            browser.get(link).assertHas(FORM);
            assertThat(browser.page().body()).doesNotContain("otto");
            browser.open();
            browser.assertSignedIn();
            browser.get(link);
            realm.signInWithApp(owner);
            assertThat(owner.admin().sessions()).isEqualTo(1);
            HttpPage done = browser.submit(FORM, Map.of());
            done.assertHas(DONE);
            assertThat(owner.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
            assertThat(owner.admin().sessions()).isZero();
            assertThat(owner.admin().requiredActions()).containsExactly("UPDATE_PASSWORD");
            assertThat(other.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);
            assertThat(other.admin().requiredActions()).isEmpty();
            assertThat(other.admin().sessions()).isEqualTo(1);
            assertThat(realm.admin().events("REMOVE_CREDENTIAL"))
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.path("userId").asText()).isEqualTo(owner.id()));
            assertThat(realm.admin().events("EXECUTE_ACTION_TOKEN_ERROR")).isEmpty();

            browser.open();
            browser.assertSignedIn("still signed in as the other one");
            assertThat(other.admin().sessions()).isEqualTo(1);

            // once, here too; and what Keycloak would refuse is refused
            assertThat(browser.get(link).status()).isEqualTo(400);
            browser.page().assertHasNo(FORM);
            TestUser disabled = realm.user("paul").create();
            URI late = told(mails, realm, disabled.id());
            disabled.admin().update(Map.of("enabled", false));
            assertThat(browser.get(late).status()).isEqualTo(400);
            browser.page().assertHasNo(FORM);
            assertThat(browser.page().text(OVER)).contains(Messages.of("backupCodesNotMeLocked"));
            assertThat(realm.admin().events("EXECUTE_ACTION_TOKEN_ERROR"))
                    .extracting(event -> event.path("error").asText())
                    .containsExactlyInAnyOrder("expired_code", "user_disabled");
            browser.open();
            browser.assertSignedIn();
        }
    }

    /** A thief who knows the password, and the mailbox: codes under way are dead, and what they were used for comes to nothing. */
    @Test
    void codesByEmailAndWhatIsDoneWithThemEnd() {
        try (EmailCodeRealm mailed = EmailCodeRealm.create()) {
            TestUser user = mailed.realm().user("alice").create();
            LoginClient settingUp = mailed.realm().signInFor(user, EmailCodeRealm.ACTION);
            sendSetupCode(settingUp);
            EmailCodeRealm.enter(settingUp, mailed.awaitCode(user, 1)).assertSignedIn();
            LoginClient atTheApp = mailed.realm().signInFor(user, "CONFIGURE_TOTP");
            EmailCodeRealm.enter(atTheApp, mailed.awaitCode(user, 2)).assertHas(Selectors.APP_SETUP_FORM);
            LoginClient atTheCode = mailed.open(user);
            String signInCode = mailed.awaitCode(user, 3);
            mailed.skipGap(user);
            settingUp.open(Map.of("kc_action", EmailCodeRealm.ACTION));
            sendSetupCode(settingUp);
            String setupCode = mailed.awaitCode(user, 4);

            LoginClient owner = mailed.realm().newBrowser();
            owner.get(URI.create(mailed.awaitMail(user, Messages.of("emailCodeMailOnSubject"))
                    .link()));
            owner.submit(FORM, Map.of()).assertHas(DONE);

            EmailCodeRealm.enter(atTheCode, signInCode).assertNotSignedIn();
            EmailCodeRealm.enter(settingUp, setupCode).assertNotSignedIn();
            atTheApp.setUpApp("another");
            atTheApp.assertNotSignedIn();
            assertThat(user.admin().credentials())
                    .extracting(credential -> credential.path("type").asText())
                    .containsExactly("password");
            assertThat(user.admin().sessions()).isZero();
            assertThat(user.admin().requiredActions()).containsExactly("UPDATE_PASSWORD");
        }
    }

    /** The same with a number: the thief sets up one, and changes it. */
    @Test
    void codesByTextMessageAndWhatIsDoneWithThemEnd() {
        try (SmsCodeRealm texts = SmsCodeRealm.create(Map.of())) {
            TestUser user = texts.realm().user("alice").create();
            String number = SmsCodeRealm.number();
            String other = SmsCodeRealm.number();
            LoginClient settingUp = texts.openSetup(user);
            SmsCodeRealm.send(settingUp, "DE", number);
            SmsCodeRealm.enter(settingUp, texts.awaitCode(number, 1)).assertSignedIn();
            LoginClient atTheApp = texts.realm().signInFor(user, "CONFIGURE_TOTP");
            SmsCodeRealm.enter(atTheApp, texts.awaitCode(number, 2)).assertHas(Selectors.APP_SETUP_FORM);
            LoginClient atTheChange = texts.realm().signInFor(user, SmsCodeRealm.ACTION);
            SmsCodeRealm.enter(atTheChange, texts.awaitCode(number, 3)).assertHas(SmsCodeRealm.SEND_FORM);
            LoginClient atTheCode = texts.open(user);
            String signInCode = texts.awaitCode(number, 4);
            SmsCodeRealm.send(atTheChange, "DE", other);
            String setupCode = texts.awaitCode(other, 1);

            LoginClient owner = texts.realm().newBrowser();
            owner.get(URI.create(
                    texts.mails().await(Messages.of("smsCodeMailOnSubject")).link()));
            owner.submit(FORM, Map.of()).assertHas(DONE);

            SmsCodeRealm.enter(atTheCode, signInCode).assertNotSignedIn();
            SmsCodeRealm.enter(atTheChange, setupCode).assertNotSignedIn();
            atTheApp.setUpApp("another");
            atTheApp.assertNotSignedIn();
            assertThat(user.admin().credentials())
                    .extracting(credential -> credential.path("type").asText())
                    .containsExactly("password");
            assertThat(user.admin().sessions()).isZero();
            assertThat(user.admin().requiredActions()).containsExactly("UPDATE_PASSWORD");
        }
    }

    private static void sendSetupCode(LoginClient client) {
        client.submit("#email-code-send-form", Map.of("send", "true"));
        client.assertHas(EmailCodeRealm.FORM);
    }

    @Test
    void anExpiredLinkDoesNothing() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestUser user = realm.user("carl").codes(TestCodeSet.of(10)).create();
            LoginClient browser = realm.newBrowser();
            realm.admin()
                    .update(Map.of(
                            "attributes", Map.of("actionTokenGeneratedByUserLifespan.backup-codes-not-me", "1")));
            URI link = told(mails, realm, user.id());
            Awaitility.await().until(() -> browser.get(link).status() == 400);
            browser.page().assertHasNo(FORM);
            browser.page().assertText(Selectors.TITLE, "backupCodesNotMeExpiredTitle");
            assertThat(browser.page().text(OVER)).contains(Messages.of("backupCodesNotMeOverText"));
            assertThat(browser.page().body()).doesNotContain("carl");
            assertThat(realm.admin().events("EXECUTE_ACTION_TOKEN_ERROR"))
                    .extracting(event -> event.path("error").asText())
                    .contains("expired_code");
            assertThat(user.admin().usedBackupCodes()).isZero();
        }
    }

    @Test
    void whoCannotBeChangedIsSentToTheAdministrator() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            String storage = ReadOnlyStorage.in(realm);
            String user = "f:" + storage + ":" + ReadOnlyUserStorageProvider.PREFIX + "1";
            realm.admin().configureCodes(Map.of("help-contact", "help@example.org"));
            LoginClient browser = realm.newBrowser();
            browser.get(told(mails, realm, user)).assertHas(FORM + " a[href='mailto:help@example.org']");
            HttpPage done = browser.submit(FORM, Map.of());
            done.assertHasNo(SIGN_IN);
            assertThat(done.text(DONE)).as("%s", done).contains(Messages.of("backupCodesNotMeAskPassword"));
        }
    }

    private static String payload(URI link) {
        String token = link.getQuery().substring("key=".length());
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    private static URI told(MailServer mails, TestRealm realm, String user) {
        int before = mails.mails().size();
        realm.admin().send("POST", "/" + NotificationResourceFactory.ID + "/" + user + "?kind=MADE", null);
        Awaitility.await("mail").until(() -> mails.mails().size() > before);
        return URI.create(mails.mails().get(before).link());
    }

    private static TestRealm realm(MailServer mails) {
        return TestRealm.builder().with("smtpServer", mails.smtp()).create();
    }
}
