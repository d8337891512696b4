package io.github.backupcodes.emailcode;

import static io.github.backupcodes.emailcode.EmailCodeRealm.ACTION;
import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static io.github.backupcodes.emailcode.EmailCodeRealm.TYPE;
import static io.github.backupcodes.emailcode.EmailCodeRealm.again;
import static io.github.backupcodes.emailcode.EmailCodeRealm.enter;
import static io.github.backupcodes.emailcode.EmailCodeRealm.otherThan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestEmailCode;
import io.github.backupcodes.support.realm.TestUser;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmailCodeSetupIT {

    private static final String SEND_FORM = "#email-code-send-form";

    private static final TestCodeSet CODES = TestCodeSet.of(10);

    private static EmailCodeRealm realm;

    @BeforeAll
    static void start() {
        realm = EmailCodeRealm.create();
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @Test
    void theFactorIsSavedWhenTheCodeWasEntered() {
        TestUser alice = realm.realm().user("alice").create();
        LoginClient client = open(alice);
        assertThat(client.page().text("#email-code")).contains("a•••@example.org");
        assertThat(realm.codes(alice)).as("nothing is sent before the button").isEmpty();

        send(client);
        String code = realm.awaitCode(alice, 1);
        EmailCodeRealm.reload(client);
        client.assertHas(FORM);
        assertThat(alice.admin().credentials(TYPE)).isEmpty();
        enter(client, otherThan(code));
        assertThat(client.page().error()).isEqualTo(Messages.of("verificationCodeErrorWrong"));
        enter(client, code).assertSignedIn();

        JsonNode saved = alice.admin().credentials(TYPE).get(0);
        assertThat(saved.toString()).doesNotContain("alice@");
        assertThat(client.parameter("kc_action_status")).contains("success");
        assertThat(realm.codes(alice)).hasSize(1);
        realm.mails()
                .await(
                        mail -> mail.to().startsWith("alice@")
                                && mail.subject().equals(Messages.of("emailCodeMailOnSubject")),
                        "the notice");
        assertThat(alice.admin().events("UPDATE_CREDENTIAL"))
                .anyMatch(event ->
                        event.path("details").path("credential_type").asText().equals(TYPE)
                                && event.path("error").isMissingNode());

        LoginClient next = realm.open(alice);
        enter(next, realm.awaitCode(alice, 2)).assertSignedIn();
        assertThat(alice.admin().representation().path("emailVerified").asBoolean())
                .isTrue();
    }

    @Test
    void cancelSavesNothing() {
        TestUser user = realm.realm().user("cancel").create();
        LoginClient client = open(user);
        send(client);
        client.submit("form:has(#cancelEmailCode)", Map.of("cancel-aia", "true"));

        client.assertSignedIn();
        assertThat(client.parameter("kc_action_status")).contains("cancelled");
        assertThat(user.admin().credentials(TYPE)).isEmpty();
    }

    @Test
    void tenWrongCodesADayAreTheMost() {
        TestUser user = realm.realm().user("guesser").create();
        LoginClient client = open(user);
        send(client);
        String code = realm.awaitCode(user, 1);
        for (int i = 0; i < 5; i++) {
            enter(client, otherThan(code));
        }
        assertThat(client.page().has(FORM)).as("used up").isFalse();
        again(client);
        String next = realm.awaitCode(user, 2);
        for (int i = 0; i < 5; i++) {
            enter(client, otherThan(next));
        }
        again(client);
        String last = realm.awaitCode(user, 3);
        enter(client, last).assertNotSignedIn();
        assertThat(client.page().error()).isEqualTo(Messages.of("verificationCodeErrorTomorrow"));
        assertThat(user.admin().credentials(TYPE)).isEmpty();
    }

    @Test
    void anUnverifiedAddressIsVerifiedByKeycloakFirst() {
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
        TestUser user = realm.realm().user("app").otp().create();
        LoginClient client = realm.realm().newBrowser();
        client.open(Map.of("kc_action", ACTION));
        client.password(user);
        client.otp(user.totp().now());
        client.assertHas(SEND_FORM);
    }

    @Test
    void aNewAddressReplacesTheOldAndKeepsHalfOfTheFailures() {
        TestUser user = realm.realm()
                .user("moved")
                .emailCode(TestEmailCode.to("before@example.org").guessed(0, 60))
                .codes(CODES)
                .create();
        String before = user.admin().credentialId(TYPE);
        LoginClient client = realm.realm().newBrowser();
        client.open(Map.of("kc_action", ACTION));
        client.password(user);
        client.submit("form:has(#useBackupCode)", Map.of());
        client.backupCode(CODES.code(0));
        send(client);
        enter(client, realm.awaitCode(user, 1)).assertSignedIn();

        assertThat(user.admin().credentialId(TYPE)).isEqualTo(before);
        assertThat(user.admin()
                        .credentialData(TYPE)
                        .path("guesses")
                        .path("inAll")
                        .asInt())
                .isEqualTo(30);
        enter(realm.open(user), realm.awaitCode(user, 2)).assertSignedIn();
    }

    @Test
    void setUpCannotUseUpThePlaceOfASignIn() {
        try (EmailCodeRealm other = EmailCodeRealm.create(Map.of("realm-hour", "1"))) {
            TestUser first = other.realm().user("first").create();
            TestUser second = other.realm().user("second").create();
            TestUser signer = other.user("signer").create();
            LoginClient client = other.realm().signInFor(first, ACTION);
            send(client);
            other.awaitCode(first, 1);
            LoginClient refused = other.realm().signInFor(second, ACTION);
            send(refused);
            assertThat(refused.page().text("#email-code")).contains(Messages.of("verificationCodeErrorLimit"));

            enter(other.open(signer), other.awaitCode(signer, 1)).assertSignedIn();
        }
    }

    /** The rows that an import has left do not count apart. */
    @Test
    void ofSeveralRowsTheNewestCountsAndSettingUpLeavesOne() {
        TestEmailCode newest =
                TestEmailCode.to("several@example.org").setUpAt(Instant.now().plus(Duration.ofDays(400)));
        TestUser user = realm.realm()
                .user("several")
                .emailCode(newest.guessed(1, 99))
                .emailCode(newest)
                .emailCode(newest.setUpAt(Instant.now().plus(Duration.ofDays(300))))
                .codes(CODES)
                .create();
        assertThat(user.admin().credentials(TYPE)).hasSize(3);
        LoginClient guessing = realm.realm().signIn(user);
        enter(guessing, otherThan(realm.awaitCode(user, 1)));
        for (int i = 0; i < 2; i++) {
            assertThat(guessing.page().text("#verification-code"))
                    .contains(Messages.of("verificationCodeErrorDisabledEmail"));
            guessing = realm.realm().signIn(user);
        }
        assertThat(realm.codes(user)).hasSize(1);

        LoginClient client = realm.realm().newBrowser();
        client.open(Map.of("kc_action", ACTION));
        client.password(user);
        client.submit("form:has(#useBackupCode)", Map.of());
        client.backupCode(CODES.code(1));
        send(client);
        enter(client, realm.awaitCode(user, 2)).assertSignedIn();
        assertThat(user.admin().credentials(TYPE)).hasSize(1);
        assertThat(user.admin()
                        .credentialData(TYPE)
                        .path("guesses")
                        .path("inAll")
                        .asInt())
                .isEqualTo(50);
        realm.skipGap(user);
        enter(realm.open(user), realm.awaitCode(user, 3)).assertSignedIn();
    }

    @Test
    void aStrongerFactorThatWasAddedMeanwhileIsNeededToSave() {
        TestUser user = realm.realm().user("meanwhile").create();
        LoginClient client = open(user);
        send(client);
        String code = realm.awaitCode(user, 1);
        realm.realm().setUpApp(user);

        enter(client, code);
        assertThat(client.parameter("kc_action_status")).contains("error");
        assertThat(user.admin().credentials(TYPE)).isEmpty();
    }

    /** What was sent in time can be saved for ten minutes more: {@code LoginAgeCheckTest}. */
    @Test
    void aPageThatWasOpenForTooLongSendsNothing() throws InterruptedException {
        try (EmailCodeRealm strict = EmailCodeRealm.create(Map.of("max_auth_age", "0"))) {
            TestUser user = strict.realm().user("slow").otp().create();
            LoginClient client = strict.realm().signInFor(user, ACTION);
            client.otp(user.totp().now());
            client.assertHas(SEND_FORM);
            TimeUnit.SECONDS.sleep(12);

            send(client);
            client.assertStartedAgain();
            client.password(user);
            client.otp(user.totp().now());
            send(client);
            enter(client, strict.awaitCode(user, 1)).assertSignedIn();
        }
    }

    /** The shared server takes the address from {@code X-Forwarded-For}, whose first value is what the client has sent. */
    @Test
    void whatIsNoAddressCountsAsOneNetwork() {
        try (EmailCodeRealm other = EmailCodeRealm.create(Map.of("per-address-hour", "1"))) {
            // what is no address counts as one from outside, for which Keycloak would require HTTPS
            other.realm().admin().update(Map.of("sslRequired", "none"));
            TestUser first = other.realm().user("first").create();
            LoginClient client = other.realm().signInFor(first, ACTION);
            sendFrom(client, "garbage");
            other.awaitCode(first, 1);
            for (String address : List.of("unknown", "10.0.0.999", "_hidden, 192.0.2.1")) {
                TestUser next = other.realm().user("next" + address.length()).create();
                LoginClient refused = other.realm().signInFor(next, ACTION);
                sendFrom(refused, address);
                assertThat(refused.page().text("#email-code")).contains(Messages.of("verificationCodeErrorLimit"));
            }
            LoginClient elsewhere =
                    other.realm().signInFor(other.realm().user("elsewhere").create(), ACTION);
            sendFrom(elsewhere, "192.0.2.7");
            elsewhere.assertHas(FORM);
        }
    }

    private static void sendFrom(LoginClient client, String forwardedFor) {
        client.send(HttpRequest.newBuilder(client.prepare(SEND_FORM, Map.of("send", "true")), (name, value) -> true)
                .header("X-Forwarded-For", forwardedFor)
                .build());
    }

    private static LoginClient open(TestUser user) {
        LoginClient client = realm.realm().signInFor(user, ACTION);
        client.assertHas(SEND_FORM);
        return client;
    }

    private static void send(LoginClient client) {
        client.submit(SEND_FORM, Map.of("send", "true"));
    }
}
