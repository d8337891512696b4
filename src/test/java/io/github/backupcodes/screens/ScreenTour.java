package io.github.backupcodes.screens;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.BackupCodePage;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.CodeSetupPromptPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.LoginVerificationSetupPage;
import io.github.backupcodes.pages.OneFieldPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.OtpSetupPage;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.pages.SelectAuthenticatorPage;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.race.server.NotificationResourceFactory;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import io.github.backupcodes.support.server.SharedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One walk past every screen, in as few sign-ins as it takes. */
final class ScreenTour {

    /** What is done at each stop. */
    interface Visitor {

        /** At Keycloak's page for the OTP, for comparison. */
        void atOtpPage(Person person);

        /** At a screen of Keycloak's that shows something of ours. */
        void atKeycloaks(String screen, Person person);

        /** At a screen of ours. */
        void at(String screen, Person person);

        /** At the page with codes, for the sheet on paper. */
        void beforePrinting(Person person);
    }

    private final LoginTheme theme;
    private final String language;
    private final Visitor visitor;

    ScreenTour(LoginTheme theme, String language, Visitor visitor) {
        this.theme = theme;
        this.language = language;
        this.visitor = visitor;
    }

    void walk(Person person) {
        try (TestRealm realm = TestRealm.on(SharedServer.get())
                .with("displayName", "Example")
                .with("supportedLocales", List.of("en", "de", "ar", "fa"))
                .loginTheme(theme.id())
                .create()) {
            signIn(person, realm);
            shortCodes(person, realm);
            expired(person, realm);
            firstSet(person, realm);
            helpDesk(person, realm);
            oneField(person, realm);
            recoveryCode(person, realm);
            loginVerification(person, realm);
            new VerificationCodeTour(realm, language, visitor, person).walk();
            invitation(person, realm);
            lost(person, realm);
            notMe(person, realm);
        }
    }

    private void firstSet(Person person, TestRealm realm) {
        TestUser user = realm.user("newcomer")
                .otp()
                .locale(language)
                .requiredAction(BackupCodesNames.ACTION)
                .create();
        realm.admin().configureCodes(Map.of("confirmation", "checkbox"));
        person.forgetSessions();
        start(person, realm).signIn(user);
        OtpPage.on(person).enter(user.totp());
        BackupCodesPage page = BackupCodesPage.on(person);
        assertThat(Screen.heading(person)).isEqualTo(words("backupCodesTitle"));
        visitor.at("codes", person);
        visitor.beforePrinting(person);
        person.page().locator("#codesSaved").focus();
        page.submit();
        assertThat(page.error()).isEqualTo(words("backupCodesErrorNotSaved"));
        visitor.at("codes-not-saved", person);
        person.reload();
        assertThat(page.warnsOfOthersBefore()).isTrue();
        visitor.at("codes-again", person);
        page.save();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    private void signIn(Person person, TestRealm realm) {
        TestCodeSet codes = TestCodeSet.of(4).used(0);
        Map<String, Object> second = new HashMap<>(Totp.random().credential());
        second.put("userLabel", "Fairphone of my grandmother");
        TestUser user = realm.user("alice")
                .otp()
                .credential(second)
                .locale(language)
                .codes(codes)
                .create();
        person.forgetSessions();
        start(person, realm).signIn(user);
        OtpPage otp = OtpPage.on(person);
        visitor.atOtpPage(person);
        otp.tryAnotherWay();
        SelectAuthenticatorPage ways = SelectAuthenticatorPage.on(person);
        String name = words("backup-code-form-display-name");
        assertThat(ways.ways()).contains(name);
        visitor.atKeycloaks("other-ways", person);

        ways.choose(name);
        BackupCodePage page = BackupCodePage.on(person);
        assertThat(Screen.text(person)).contains(words("backupCodeLabel"));
        visitor.at("sign-in", person);
        page.type(mistyped(codes.code(1)));
        assertThat(page.hint()).isEqualTo(words("backupCodeHintMistyped"));
        visitor.at("sign-in-hint", person);
        page.submit();
        assertThat(page.error()).isEqualTo(words("backupCodeErrorMistyped"));
        visitor.at("sign-in-mistyped", person);
        page.enter(codes.code(1).substring(2));
        assertThat(page.error())
                .isEqualTo(Messages.in(
                        language,
                        "backupCodeErrorTooShort",
                        "\u206613/15\u2069",
                        "\u2066ABCDE\u2011FGHJK\u2011MNPQR\u2069"));
        visitor.at("sign-in-too-short", person);
        page.enter(codes.code(0));
        assertThat(page.error()).isEqualTo(words("backupCodeErrorUsed"));
        visitor.at("sign-in-error", person);
        page.enter(codes.code(1));

        AfterUsePage afterUse = AfterUsePage.on(person);
        assertThat(afterUse.note()).isEqualTo(words("backupCodeUsedFew"));
        visitor.at("after-use", person);
        assertThat(afterUse.removable()).hasSize(2);
        visitor.at("after-use-lost", person);
        afterUse.setUpApp();
        OtpSetupPage.on(person).setUp("new phone");
        AfterUsePage setUp = AfterUsePage.on(person);
        assertThat(setUp.done()).isEqualTo(words("backupCodeUsedSetUpApp"));
        visitor.at("after-use-done", person);
        setUp.makeCodes();
        BackupCodesPage newer = BackupCodesPage.on(person);
        assertThat(newer.warnsOfRenewal()).isTrue();
        visitor.at("codes-renewed", person);
        newer.save();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    /** Codes of which none works. */
    private void expired(Person person, TestRealm realm) {
        realm.admin().configureCodes(Map.of("help-contact", "+49 30 123456"));
        TestCodeSet codes = TestCodeSet.of(2).expiringAt(Instant.now().minusSeconds(60));
        person.forgetSessions();
        start(person, realm)
                .signIn(realm.user("late").otp().locale(language).codes(codes).create());
        OtpPage.on(person).tryAnotherWay();
        SelectAuthenticatorPage.on(person).choose(words("backup-code-form-display-name"));
        Screen.await(person.page(), "#backup-code-useless");
        assertThat(Screen.text(person)).contains(words("backupCodeErrorExpired"));
        visitor.at("sign-in-expired", person);
    }

    /** Codes of digits, one of which is to be typed back, still in the session of the sign-in before. */
    private void shortCodes(Person person, TestRealm realm) {
        realm.admin().configureCodes(Map.of("code-format", "digits", "confirmation", "retype"));
        person.open(realm.signInUrl(Map.of("ui_locales", language, "kc_action", BackupCodesNames.ACTION)));
        BackupCodesPage page = BackupCodesPage.on(person);
        visitor.at("codes-retype", person);
        List<String> codes = page.codes();
        int number = page.numberAskedFor();
        assertThat(Screen.text(person))
                .as("the number has the digits of the list")
                .contains(Messages.in(language, "backupCodesRetype", String.valueOf(number)));
        page.typeBack(codes.get(number % codes.size()));
        BackupCodesPage again = BackupCodesPage.askingAgain(person);
        assertThat(again.error())
                .isEqualTo(Messages.in(language, "backupCodesRetypeErrorOther", String.valueOf(number)));
        visitor.at("codes-retype-again", person);
        again.typeBack(codes.get(number - 1));
        assertThat(TestApplicationPage.on(person).actionStatus()).isEqualTo("success");
    }

    /** A code of the help desk: asked for, used, and followed by a new authenticator app. */
    private void helpDesk(Person person, TestRealm realm) {
        HelpDeskCode.prepare(realm);
        TestUser user = realm.user("locked-out").otp().locale(language).create();
        String code = HelpDeskCode.issue(realm, user);
        person.forgetSessions();
        start(person, realm).signIn(user);
        OtpPage.on(person).tryAnotherWay();
        SelectAuthenticatorPage ways = SelectAuthenticatorPage.on(person);
        assertThat(ways.ways()).contains(words("backup-code-temporary-display-name"));
        visitor.atKeycloaks("other-ways-temporary", person);
        ways.choose(words("backup-code-temporary-display-name"));
        BackupCodePage page = BackupCodePage.on(person);
        assertThat(Screen.text(person)).contains(words("backupCodeHelpTemporaryAlone"));
        visitor.at("sign-in-temporary", person);
        page.enter(code);
        AfterUsePage afterUse = AfterUsePage.on(person);
        assertThat(Screen.heading(person)).isEqualTo(words("backupCodeUsedTemporaryTitle"));
        assertThat(afterUse.choices()).containsExactly(words("backupCodeUsedNewApp"));
        visitor.at("after-use-temporary", person);
        afterUse.setUpApp();
        OtpSetupPage.on(person).setUp("new phone");
        AfterUsePage setUp = AfterUsePage.on(person);
        assertThat(Screen.text(person)).contains(words("backupCodeUsedTemporaryCodes"));
        visitor.at("after-use-temporary-done", person);
        setUp.goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    /** The OTP or a backup code, in one field. */
    private void oneField(Person person, TestRealm realm) {
        realm.admin()
                .requireExecution(TestRealm.FLOW, realm.admin().execution(TestRealm.FLOW, "auth-otp-form"), "DISABLED");
        realm.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, BackupCodesNames.ONE_FIELD, "ALTERNATIVE");
        TestCodeSet codes = TestCodeSet.of(10).used(0);
        TestUser user = realm.user("robert").otp().locale(language).codes(codes).create();
        person.forgetSessions();
        start(person, realm).signIn(user);
        OneFieldPage page = OneFieldPage.on(person);
        visitor.at("one-field", person);
        page.lostPhone();
        assertThat(page.saysHowToEnterACode()).isTrue();
        visitor.at("one-field-code", person);
        page.enter(codes.code(0));
        assertThat(page.error()).isEqualTo(words("backupCodeErrorUsed"));
        visitor.at("one-field-error", person);
    }

    /** Turning login verification on: a choice of two, put off; then one alone, by way of an application. */
    private void loginVerification(Person person, TestRealm realm) {
        RealmAdmin admin = realm.admin();
        admin.registerRequiredAction(BackupCodesNames.VERIFICATION);
        admin.configureRequiredAction(BackupCodesNames.VERIFICATION, Map.of("skippable-until", "2099-12-31"));
        admin.requireExecution(
                TestRealm.FLOW, admin.execution(TestRealm.FLOW, "webauthn-authenticator"), "ALTERNATIVE");
        TestUser user = realm.user("frances")
                .locale(language)
                .requiredAction(BackupCodesNames.VERIFICATION)
                .create();
        person.forgetSessions();
        start(person, realm).signIn(user);
        LoginVerificationSetupPage page = LoginVerificationSetupPage.on(person);
        assertThat(Screen.heading(person)).isEqualTo(words("loginVerificationTitle"));
        assertThat(page.ways()).hasSize(2);
        visitor.at("login-verification", person);
        page.skip();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        admin.updateRequiredAction("webauthn-register", Map.of("enabled", false));
        person.open(realm.signInUrl(Map.of("ui_locales", language, "kc_action", BackupCodesNames.VERIFICATION)));
        LoginVerificationSetupPage one = LoginVerificationSetupPage.on(person);
        assertThat(one.ways()).containsExactly(words("loginVerificationStart"));
        visitor.at("login-verification-one", person);
        one.chooseApp();
        OtpSetupPage.on(person).setUp("phone");
        BackupCodesPage codes = BackupCodesPage.on(person);
        assertThat(Screen.text(person)).contains(words("loginVerificationOn"));
        visitor.at("login-verification-codes", person);
        codes.save();
        assertThat(TestApplicationPage.on(person).actionStatus()).isEqualTo("success");
    }

    /** Neither the second factor nor a code is that is open. */
    private void lost(Person person, TestRealm realm) {
        String execution = realm.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, "backup-code-lost", "ALTERNATIVE");
        realm.admin().configureExecution(execution, Map.of("contact", "+49 30 123456, helpdesk@example.org"));
        person.forgetSessions();
        start(person, realm).signIn(realm.user("unlucky").otp().locale(language).create());
        OtpPage.on(person).tryAnotherWay();
        SelectAuthenticatorPage.on(person).choose(words("backup-code-lost-display-name"));
        Screen.await(person.page(), "#backup-code-lost");
        visitor.at("lost", person);
    }

    /** Users who are asked to make codes, the last of whom makes a single one. */
    private void invitation(Person person, TestRealm realm) {
        realm.admin().configureCodes(Map.of("code-count", "1"));
        TestCodeSet old = TestCodeSet.of(5)
                .madeAt(Instant.now().minus(Duration.ofDays(350)))
                .expiringAt(Instant.now().plus(Duration.ofDays(13)));
        CodeSetupPromptPage soon =
                invited(realm.user("carol").otp().locale(language).codes(old).create(), person, realm);
        assertThat(Screen.heading(person)).isEqualTo(words("backupCodeUsedMakeCodes"));
        visitor.at("invitation-expires-soon", person);
        soon.notNow();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        CodeSetupPromptPage first =
                invited(realm.user("dave").otp().locale(language).create(), person, realm);
        assertThat(first.reason()).isEqualTo(words("backupCodesAskNone"));
        visitor.at("invitation", person);
        first.makeCodes();
        BackupCodesPage page = BackupCodesPage.on(person);
        assertThat(Screen.heading(person)).isEqualTo(words("backupCodesTitleOne"));
        visitor.at("codes-single", person);
        page.save();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    private CodeSetupPromptPage invited(TestUser user, Person person, TestRealm realm) {
        person.forgetSessions();
        start(person, realm).signIn(user);
        OneFieldPage.on(person).enter(user.totp().now());
        return CodeSetupPromptPage.on(person);
    }

    /** Behind the link of a mail, before and after. */
    private void notMe(Person person, TestRealm realm) {
        TestUser user = realm.user("maria").locale(language).create();
        String link;
        try (MailServer mails = MailServer.start()) {
            realm.admin().update(Map.of("smtpServer", mails.smtp()));
            realm.admin().send("POST", "/" + NotificationResourceFactory.ID + "/" + user.id() + "?kind=MADE", null);
            person.forgetSessions();
            // the realm reminds other users of the end of their sets
            link = mails.await(mail -> mail.to().startsWith("maria@"), "mail to maria")
                    .link();
        }
        person.open(link);
        assertThat(Screen.heading(person)).isEqualTo(words("backupCodesNotMeTitle"));
        visitor.at("not-me", person);
        person.page().locator("#notMe").click();
        assertThat(Screen.heading(person)).isEqualTo(words("backupCodesNotMeDoneTitle"));
        visitor.at("not-me-done", person);
        person.open(link);
        assertThat(Screen.heading(person)).isEqualTo(words("backupCodesNotMeUsedTitle"));
        visitor.at("not-me-used", person);
    }

    /** One of Keycloak's own recovery codes, in the same field. */
    private void recoveryCode(Person person, TestRealm realm) {
        TestRecoveryCodes codes = TestRecoveryCodes.now();
        TestUser user = realm.user("rosa")
                .otp()
                .locale(language)
                .credential(codes.credential())
                .create();
        person.forgetSessions();
        start(person, realm).signIn(user);
        OneFieldPage.on(person).enter(codes.code(3));
        assertThat(AfterUsePage.on(person).note()).isEqualTo(words("backupCodeUsedOld"));
        visitor.at("after-use-recovery", person);
    }

    private LoginPage start(Person person, TestRealm realm) {
        person.open(realm.signInUrl(Map.of("ui_locales", language)));
        return LoginPage.on(person);
    }

    private String words(String key) {
        return Messages.in(language, key);
    }

    private static String mistyped(String code) {
        char last = code.charAt(code.length() - 1);
        return code.substring(0, code.length() - 1) + (last == 'A' ? 'B' : 'A');
    }
}
