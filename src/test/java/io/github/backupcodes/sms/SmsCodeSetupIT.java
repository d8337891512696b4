package io.github.backupcodes.sms;

import static io.github.backupcodes.sms.SmsCodeRealm.ACTION;
import static io.github.backupcodes.sms.SmsCodeRealm.FORM;
import static io.github.backupcodes.sms.SmsCodeRealm.SEND_FORM;
import static io.github.backupcodes.sms.SmsCodeRealm.TYPE;
import static io.github.backupcodes.sms.SmsCodeRealm.enter;
import static io.github.backupcodes.sms.SmsCodeRealm.number;
import static io.github.backupcodes.sms.SmsCodeRealm.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestSmsCode;
import io.github.backupcodes.support.realm.TestUser;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SmsCodeSetupIT {

    private static SmsCodeRealm realm;

    @BeforeAll
    static void start() {
        realm = SmsCodeRealm.create(Map.of());
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @Test
    void theFactorIsSavedWhenTheCodeWasEntered() {
        TestUser user = realm.realm().user("alice").create();
        String number = number();
        LoginClient client = realm.openSetup(user);
        assertThat(client.page().text("#sms-code")).contains(Messages.of("smsCodeSetupRisk"));
        assertThat(realm.messages(number))
                .as("nothing is sent before the button")
                .isEmpty();

        send(client, "DE", "0" + number.substring(3));
        String code = realm.awaitCode(number, 1);
        assertThat(realm.messages(number).get(0).text())
                .contains(code)
                .endsWith("@" + URI.create(realm.realm().url()).getHost() + " #" + code);
        EmailCodeRealm.reload(client);
        client.assertHas(FORM);
        assertThat(user.admin().credentials(TYPE)).isEmpty();
        enter(client, EmailCodeRealm.otherThan(code));
        assertThat(client.page().error()).isEqualTo(Messages.of("verificationCodeErrorWrong"));
        enter(client, code).assertSignedIn();

        JsonNode saved = user.admin().credentials(TYPE).get(0);
        assertThat(saved.toString()).doesNotContain(number.substring(3));
        assertThat(saved.path("userLabel").asText())
                .as("isolated from text that is read from right to left")
                .isEqualTo("\u2068+49 •••• " + number.substring(number.length() - 2) + "\u2069");
        assertThat(realm.messages(number)).hasSize(1);
        realm.mails()
                .await(
                        mail -> mail.to().startsWith("alice@")
                                && mail.subject().equals(Messages.of("smsCodeMailOnSubject")),
                        "the notice");
        assertThat(user.admin().events("UPDATE_CREDENTIAL"))
                .anyMatch(event ->
                        event.path("details").path("credential_type").asText().equals(TYPE)
                                && event.path("error").isMissingNode());

        LoginClient next = realm.open(user);
        enter(next, realm.awaitCode(number, 2)).assertSignedIn();
    }

    @Test
    void otherNumbersThanMobileOnesOfTheCountriesAreRefused() {
        TestUser user = realm.realm().user("refused").create();
        LoginClient client = realm.openSetup(user);
        Map.of(
                        "", "smsCodeErrorEmpty",
                        "12", "smsCodeErrorInvalid",
                        "030 123456", "smsCodeErrorNotMobile",
                        "0900 5 123456", "smsCodeErrorNotMobile",
                        "+33 6 12 34 56 78", "smsCodeErrorCountry",
                        "0151 12 34 56 78 ext. 4", "smsCodeErrorInvalid")
                .forEach((entered, error) -> {
                    send(client, "DE", entered);
                    assertThat(client.page().error()).as(entered).isEqualTo(Messages.of(error));
                });
        send(client, "FR", "06 12 34 56 78");
        assertThat(client.page().error()).isEqualTo(Messages.of("smsCodeErrorCountry"));
        assertThat(user.admin().credentials(TYPE)).isEmpty();
    }

    @Test
    void numberCanBeChangedBeforeItsCodeIsEntered() {
        TestUser user = realm.realm().user("typo").create();
        String wrong = number();
        String right = number();
        LoginClient client = realm.openSetup(user);
        send(client, "DE", wrong);
        String ofWrong = realm.awaitCode(wrong, 1);
        client.submit("form:has(#changeNumber)", Map.of("change", "true"));
        client.assertHas(SEND_FORM);
        send(client, "DE", right);
        String ofRight = realm.awaitCode(right, 1);
        enter(client, ofWrong);
        client.assertNotSignedIn();
        enter(client, ofRight).assertSignedIn();
        assertThat(user.admin().credentials(TYPE)).hasSize(1);
    }

    @Test
    void theOldNumberIsNotifiedWhenItIsReplaced() {
        String before = number();
        String after = number();
        TestUser user = realm.user("moved", before).create();
        LoginClient client = realm.realm().newBrowser();
        client.open(Map.of("kc_action", ACTION));
        client.password(user);
        enter(client, realm.awaitCode(before, 1));
        client.assertHas(SEND_FORM);
        send(client, "DE", after);
        enter(client, realm.awaitCode(after, 1)).assertSignedIn();

        Awaitility.await().until(() -> realm.messages(before).size() == 2);
        assertThat(realm.messages(before).get(1).hasCode()).isFalse();
        assertThat(realm.messages(before).get(1).text()).doesNotContain(after);
        realm.mails()
                .await(
                        mail -> mail.to().startsWith("moved@")
                                && mail.subject().equals(Messages.of("smsCodeMailChangedSubject")),
                        "the notice");
        assertThat(user.admin().credentials(TYPE)).hasSize(1);
    }

    @Test
    void numberNeedsAVerifiedAddressFirst() {
        TestUser user =
                realm.realm().user("unverified").with("emailVerified", false).create();
        LoginClient client = realm.realm().signInFor(user, ACTION);

        assertThat(client.page().has(SEND_FORM)).isFalse();
        client.get(realm.mails().newestLink("unverified@example.org"));
        if (!client.page().has(SEND_FORM)) {
            client.open(Map.of("kc_action", ACTION));
        }
        client.assertHas(SEND_FORM);
    }

    @Test
    void userWithAnAppMustHaveUsedIt() {
        String number = number();
        TestUser user = realm.user("app", number).otp().create();
        LoginClient client = realm.realm().newBrowser();
        client.open(Map.of("kc_action", ACTION));
        client.password(user);
        client.otp(user.totp().now());
        client.assertHas(SEND_FORM);
    }

    @Test
    void aStrongerFactorThatWasAddedMeanwhileIsNeededToSave() {
        TestUser user = realm.realm().user("meanwhile").create();
        String number = number();
        LoginClient client = realm.openSetup(user);
        send(client, "DE", number);
        String code = realm.awaitCode(number, 1);
        realm.realm().setUpApp(user);

        enter(client, code);
        assertThat(client.parameter("kc_action_status")).contains("error");
        assertThat(user.admin().credentials(TYPE)).isEmpty();
    }

    /** Families share phones, and numbers are given to other people. */
    @Test
    void severalAccountsMayHaveANumberWhoseLimitHoldsForAllOfThem() {
        String number = number();
        List<TestUser> owners = List.of(
                realm.realm().user("first").create(),
                realm.realm().user("second").create());
        int sent = 0;
        for (TestUser owner : owners) {
            LoginClient client = realm.openSetup(owner);
            send(client, "DE", number);
            enter(client, realm.awaitCode(number, ++sent)).assertSignedIn();
        }
        LoginClient third = realm.openSetup(realm.realm().user("third").create());
        send(third, "DE", number);
        assertThat(third.page().text("#sms-code")).contains(Messages.of("verificationCodeErrorLimit"));

        for (TestUser owner : owners) {
            LoginClient client = realm.open(owner);
            enter(client, realm.awaitCode(number, ++sent)).assertSignedIn();
        }
    }

    @Test
    void userMayTryThreeNumbersADay() {
        TestUser user = realm.realm().user("several").create();
        LoginClient client = realm.openSetup(user);
        for (int i = 0; i < 3; i++) {
            String number = number();
            send(client, "DE", number);
            realm.awaitCode(number, 1);
            client.submit("form:has(#changeNumber)", Map.of("change", "true"));
        }
        String fourth = number();
        send(client, "DE", fourth);
        assertThat(client.page().text("#sms-code")).contains(Messages.of("verificationCodeErrorLimit"));
        client.send(client.prepareRaw(client.action("form[action*=login-actions]"), "resend=true"));
        assertThat(client.page().text("#sms-code")).contains(Messages.of("verificationCodeErrorLimit"));
        assertThat(realm.messages(fourth)).isEmpty();
    }

    @Test
    void numberThatTheGatewayRefusesIsReported() {
        try (SmsCodeRealm other = SmsCodeRealm.create(Map.of())) {
            other.gateway().answer(400);
            String number = number();
            TestUser user = other.realm().user("blocked").create();
            LoginClient client = other.openSetup(user);
            send(client, "DE", number);
            Awaitility.await().until(() -> {
                EmailCodeRealm.reload(client);
                return client.page().text("#sms-code").contains(Messages.of("verificationCodeErrorRefused"));
            });
            assertThat(other.messages(number)).as("one try").hasSize(1);
            assertThat(client.page().has("#resend")).isFalse();
        }
    }

    @Test
    void numberThatWasNotUsedForAYearIsConfirmed() {
        Instant longAgo = Instant.now().minus(Duration.ofDays(400));
        String number = number();
        TestUser user = realm.realm()
                .user("forgotten")
                .otp()
                .credential(TestSmsCode.to(number).setUpAt(longAgo).credential())
                .create();
        LoginClient client = realm.realm().signInWithApp(user);
        assertThat(client.page().text("#sms-code")).contains("+49 •••• " + number.substring(number.length() - 2));
        client.submit("#sms-code-confirm-form", Map.of("notNow", "true"));
        client.assertSignedIn();
        realm.realm().signInWithApp(user).assertSignedIn("asked again in two weeks");

        TestUser keeper = realm.realm()
                .user("keeper")
                .otp()
                .credential(TestSmsCode.to(number()).setUpAt(longAgo).credential())
                .create();
        client = realm.realm().signInWithApp(keeper);
        client.submit("#sms-code-confirm-form", Map.of("remove", "true"));
        client.assertSignedIn();
        assertThat(keeper.admin().credentials(TYPE)).isEmpty();

        String kept = number();
        TestUser confirmer = realm.realm()
                .user("confirmer")
                .otp()
                .credential(TestSmsCode.to(kept).setUpAt(longAgo).credential())
                .create();
        client = realm.realm().signInWithApp(confirmer);
        client.submit("#sms-code-confirm-form", Map.of("send", "true"));
        enter(client, realm.awaitCode(kept, 1)).assertSignedIn();
        realm.realm().signInWithApp(confirmer).assertSignedIn();
    }
}
