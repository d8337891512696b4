package io.github.backupcodes.sms;

import static io.github.backupcodes.sms.SmsCodeRealm.FORM;
import static io.github.backupcodes.sms.SmsCodeRealm.TYPE;
import static io.github.backupcodes.sms.SmsCodeRealm.enter;
import static io.github.backupcodes.sms.SmsCodeRealm.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestSmsCode;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SmsCodeSignInIT {

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
    void theCodeSignsInOnce() {
        String number = number();
        TestUser user = realm.user("alice", number).create();
        LoginClient client = realm.open(user);
        assertThat(client.page().text("#verification-code"))
                .contains("+49 •••• " + number.substring(number.length() - 2))
                .doesNotContain(number);
        String code = realm.awaitCode(number, 1);
        for (int i = 0; i < 5; i++) {
            EmailCodeRealm.reload(client);
        }
        LoginClient elsewhere = realm.realm().signIn(user);
        assertThat(realm.messages(number)).as("nothing is sent again").hasSize(1);
        assertThat(elsewhere.page().text("#verification-code")).contains(Messages.of("verificationCodeElsewhere"));
        enter(client, code).assertSignedIn();
        assertThat(user.admin().events("LOGIN"))
                .anyMatch(event ->
                        event.path("details").path("credential_type").asText().equals(TYPE));
    }

    @Test
    void wrongCodesAreCountedAndPause() {
        String number = number();
        TestUser user = realm.realm()
                .user("guessed")
                .credential(TestSmsCode.to(number).guessed(9, 9).credential())
                .create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(number, 1);
        enter(client, EmailCodeRealm.otherThan(code));
        assertThat(client.page().has(FORM)).isFalse();
        assertThat(user.admin()
                        .credentialData(TYPE)
                        .path("guesses")
                        .path("pausedUntil")
                        .asText())
                .isNotEmpty();
        assertThat(user.admin().events("LOGIN_ERROR"))
                .anyMatch(event -> event.path("details").path("reason").asText().equals("wrong_code"));
        LoginClient next = realm.realm().signIn(user);
        next.assertNotSignedIn();
        assertThat(next.page().has(FORM)).isFalse();
    }

    /** Whatever breaks, the password alone never signs in. */
    @Test
    void aFactorThatCannotBeUsedIsStillAskedFor() {
        try (SmsCodeRealm broken = SmsCodeRealm.create(Map.of())) {
            TestCodeSet codes = TestCodeSet.of(10);
            TestUser user = broken.user("broken", number()).codes(codes).create();
            for (Map<String, String> settings :
                    List.of(Map.of("sender", ""), Map.of("sender", "pigeon"), Map.of("countries", "GB"))) {
                broken.configure(settings);
                LoginClient client = broken.realm().signIn(user);
                client.assertNotSignedIn();
                assertThat(client.page().text("#verification-code"))
                        .contains(Messages.of(
                                settings.containsKey("countries")
                                        ? "verificationCodeErrorNotConfirmedSms"
                                        : "verificationCodeErrorCannotSend"));
            }
            LoginClient client = broken.realm().signIn(user);
            client.submit("form:has(#useBackupCode)", Map.of());
            client.backupCode(codes.code(0));
            client.assertSignedIn();
        }
    }

    @Test
    void gatewayThatFailsIsReportedAndCanBeAskedAgain() {
        try (SmsCodeRealm failing = SmsCodeRealm.create(Map.of("sign-in-hour", "2"))) {
            String number = number();
            TestUser user = failing.user("failing", number).create();
            failing.gateway().answer(503);
            LoginClient client = failing.realm().signIn(user);
            Awaitility.await().until(() -> {
                EmailCodeRealm.reload(client);
                return client.page().text("#verification-code").contains(Messages.of("verificationCodeErrorNotSent"));
            });
            failing.gateway().answer(200);
            int tries = failing.messages(number).size();
            assertThat(failing.messages(number).stream()
                            .map(message -> message.id())
                            .distinct())
                    .as("tries of one message have one id")
                    .hasSize(1);
            EmailCodeRealm.again(client);
            enter(client, failing.awaitCode(number, tries + 1)).assertSignedIn();
        }
    }

    @Test
    void gatewayThatHangsDelaysNoPage() {
        try (SmsCodeRealm hanging = SmsCodeRealm.create(Map.of())) {
            String number = number();
            TestUser user = hanging.user("hanging", number).create();
            hanging.gateway().hang(true);
            LoginClient client = hanging.open(user);
            String code = hanging.awaitCode(number, 1);
            enter(client, code).assertSignedIn("the message has come although the gateway has not answered");
        }
    }

    @Test
    void anAppIsUsedInsteadIfTheUserHasOne() {
        String number = number();
        TestUser user = realm.user("both", number).otp().create();
        LoginClient client = realm.realm().signIn(user);
        client.otp(user.totp().now());
        client.assertSignedIn();
        assertThat(realm.messages(number)).isEmpty();
    }

    @Test
    void restShowsTheNumberMaskedAndRemovesIt() {
        String number = number();
        TestUser user = realm.user("rest", number).create();
        JsonNode state =
                realm.realm().admin().get("/backup-codes/users/" + user.id()).path("smsCode");
        assertThat(state.path("state").asText()).isEqualTo("active");
        assertThat(state.path("number").asText()).isEqualTo("+49 •••• " + number.substring(number.length() - 2));
        realm.realm().admin().delete("/backup-codes/users/" + user.id() + "/sms-code");
        assertThat(user.admin().credentials(TYPE)).isEmpty();
        realm.mails()
                .await(
                        mail -> mail.to().startsWith("rest@")
                                && mail.subject().equals(Messages.of("smsCodeMailOffSubject")),
                        "the notice");
        realm.realm().signIn(user).assertSignedIn("nothing else is there");
    }
}
