package io.github.backupcodes.screens;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.LoginVerificationSetupPage;
import io.github.backupcodes.pages.OneFieldPage;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.pages.SelectAuthenticatorPage;
import io.github.backupcodes.pages.SmsCodeSetupPage;
import io.github.backupcodes.pages.VerificationCodePage;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestSmsCode;
import io.github.backupcodes.support.realm.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The part of the {@link ScreenTour} with codes that are sent, by e-mail and by text message. The realm has the form for OTPs and backup
 * codes in one field, and the required action for login verification.
 */
final class VerificationCodeTour {

    private static final int TRIES = 5;

    private final TestRealm realm;
    private final String language;
    private final ScreenTour.Visitor visitor;
    private final Person person;

    VerificationCodeTour(TestRealm realm, String language, ScreenTour.Visitor visitor, Person person) {
        this.realm = realm;
        this.language = language;
        this.visitor = visitor;
        this.person = person;
    }

    /** Switches both on, and off again at the end. */
    void walk() {
        RealmAdmin admin = realm.admin();
        String byEmail = switchOn(EmailCodeRealm.ACTION, EmailCodeRealm.AUTHENTICATOR);
        String bySms = switchOn(SmsCodeRealm.ACTION, SmsCodeRealm.AUTHENTICATOR);
        try (MailServer mails = MailServer.start();
                SmsGateway gateway = SmsGateway.start()) {
            admin.update(Map.of("smtpServer", mails.smtp()));
            admin.configureRequiredAction(SmsCodeRealm.ACTION, gateway.settings());
            emailCode(mails);
            smsCode(gateway);
            choice();
        } finally {
            admin.requireExecution(TestRealm.FLOW, byEmail, "DISABLED");
            admin.requireExecution(TestRealm.FLOW, bySms, "DISABLED");
            admin.updateRequiredAction(EmailCodeRealm.ACTION, Map.of("enabled", false));
            admin.updateRequiredAction(SmsCodeRealm.ACTION, Map.of("enabled", false));
        }
    }

    private String switchOn(String action, String authenticator) {
        RealmAdmin admin = realm.admin();
        admin.registerRequiredAction(action);
        String execution = admin.addExecution(TestRealm.SECOND_FACTOR_FLOW, authenticator, "ALTERNATIVE");
        // before the forms for backup codes
        for (int above = 0; above < 3; above++) {
            admin.post("/authentication/executions/" + execution + "/raise-priority", Map.of());
        }
        return execution;
    }

    private void emailCode(MailServer mails) {
        TestUser user = realm.user("emily").locale(language).create();
        person.forgetSessions();
        openAction(EmailCodeRealm.ACTION).signIn(user);
        Screen.await(person.page(), "#sendEmailCode");
        visitor.at("email-code-setup", person);
        person.page().click("#sendEmailCode");
        VerificationCodePage.on(person);
        visitor.at("email-code-setup-code", person);

        TestUser other = realm.user("erwin")
                .locale(language)
                .emailCode()
                .codes(TestCodeSet.of(5))
                .create();
        VerificationCodePage page = signIn("email-code", other);
        String code = mails.await(mail -> mail.to().startsWith("erwin@"), "mail to erwin")
                .code();
        wrongCode("email-code-error", page, code);

        other.admin().update(Map.of("emailVerified", false));
        withoutField("email-code-useless", other, "verificationCodeErrorNotConfirmedEmail");
    }

    private void smsCode(SmsGateway gateway) {
        setsUpNumber(gateway);

        String number = SmsCodeRealm.number();
        TestUser user = realm.user("selma")
                .locale(language)
                .credential(TestSmsCode.to(number).credential())
                .codes(TestCodeSet.of(5))
                .create();
        VerificationCodePage page = signIn("sms-code", user);
        String wrong = EmailCodeRealm.otherThan(awaitCode(gateway, number));
        assertThat(Screen.text(person)).doesNotContain(number).contains(masked(number));
        wrongCode("sms-code-error", page, awaitCode(gateway, number));
        for (int tries = 1; tries < TRIES; tries++) {
            page.enter(wrong);
        }
        VerificationCodePage.withoutField(person);
        assertThat(Screen.text(person)).contains(words("verificationCodeErrorTooManyTries"));
        visitor.at("sms-code-tries", person);
        SelectAuthenticatorPage ways = page.tryAnotherWay(person);
        assertThat(ways.ways()).contains(words("sms-code-form-display-name"));
        visitor.atKeycloaks("other-ways-sms", person);

        Map<String, String> otherCountry = gateway.settings();
        otherCountry.put("countries", "GB");
        realm.admin().configureRequiredAction(SmsCodeRealm.ACTION, otherCountry);
        withoutField("sms-code-useless", user, "verificationCodeErrorNotConfirmedSms");
        realm.admin().configureRequiredAction(SmsCodeRealm.ACTION, gateway.settings());

        numberThatWasNotUsed();
    }

    /** An administrator wants it, so that the page offers an authenticator app instead. */
    private void setsUpNumber(SmsGateway gateway) {
        TestUser user = realm.user("samuel")
                .locale(language)
                .requiredAction(SmsCodeRealm.ACTION)
                .create();
        person.forgetSessions();
        start().signIn(user);
        SmsCodeSetupPage page = SmsCodeSetupPage.on(person);
        assertThat(Screen.heading(person)).isEqualTo(words("smsCodeSetupTitle"));
        assertThat(page.countries()).hasSize(2).anyMatch(country -> country.contains("\u2066+49\u2069"));
        visitor.at("sms-code-setup", person);
        page.enter("DE", "030 123456");
        SmsCodeSetupPage.on(person);
        assertThat(page.error()).isEqualTo(words("smsCodeErrorNotMobile"));
        visitor.at("sms-code-setup-error", person);
        String number = SmsCodeRealm.number();
        page.enter("DE", number);
        VerificationCodePage.on(person);
        awaitCode(gateway, number);
        visitor.at("sms-code-setup-code", person);
    }

    /** Whoever has another factor is asked whether the number is still theirs. */
    private void numberThatWasNotUsed() {
        String number = SmsCodeRealm.number();
        TestUser user = realm.user("simon")
                .locale(language)
                .otp()
                .codes(TestCodeSet.of(5))
                .credential(TestSmsCode.to(number)
                        .setUpAt(Instant.now().minus(Duration.ofDays(400)))
                        .credential())
                .create();
        person.forgetSessions();
        start().signIn(user);
        OneFieldPage.on(person).enter(user.totp().now());
        Screen.await(person.page(), "#sms-code-confirm-form");
        assertThat(Screen.heading(person)).isEqualTo(words("smsCodeConfirmTitle"));
        assertThat(Screen.text(person)).contains(masked(number));
        visitor.at("sms-code-confirm", person);
    }

    /** Login verification with both beside the app. */
    private void choice() {
        person.forgetSessions();
        openAction(BackupCodesNames.VERIFICATION)
                .signIn(realm.user("sofia").locale(language).create());
        LoginVerificationSetupPage page = LoginVerificationSetupPage.on(person);
        assertThat(page.ways()).hasSize(3);
        assertThat(page.icons()).doesNotHaveDuplicates();
        visitor.at("login-verification-messages", person);
    }

    private VerificationCodePage signIn(String screen, TestUser user) {
        person.forgetSessions();
        start().signIn(user);
        VerificationCodePage page = VerificationCodePage.on(person);
        page.awaitCountdown();
        visitor.at(screen, person);
        return page;
    }

    private void wrongCode(String screen, VerificationCodePage page, String code) {
        page.enter(EmailCodeRealm.otherThan(code));
        assertThat(page.error()).isEqualTo(words("verificationCodeErrorWrong"));
        visitor.at(screen, person);
    }

    private void withoutField(String screen, TestUser user, String problem) {
        person.forgetSessions();
        start().signIn(user);
        VerificationCodePage.withoutField(person);
        assertThat(Screen.text(person)).contains(words(problem));
        visitor.at(screen, person);
    }

    private static String awaitCode(SmsGateway gateway, String number) {
        return Awaitility.await("message")
                .until(
                        () -> gateway.messages().stream()
                                .filter(message -> message.to().equals(number))
                                .findFirst(),
                        message -> message.isPresent())
                .orElseThrow()
                .code();
    }

    private static String masked(String number) {
        return "+49 •••• " + number.substring(number.length() - 2);
    }

    private LoginPage start() {
        person.open(realm.signInUrl(Map.of("ui_locales", language)));
        return LoginPage.on(person);
    }

    private LoginPage openAction(String action) {
        person.open(realm.signInUrl(Map.of("ui_locales", language, "kc_action", action)));
        return LoginPage.on(person);
    }

    private String words(String key) {
        return Messages.in(language, key);
    }
}
