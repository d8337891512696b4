package io.github.backupcodes.emailcode;

import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static io.github.backupcodes.emailcode.EmailCodeRealm.enter;
import static io.github.backupcodes.emailcode.EmailCodeRealm.otherThan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.realm.ClusterRequests;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Codes by e-mail and by text message while nodes end and start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmailCodeRestartTests {

    private EmailCodeRealm realm;

    /** The two nodes. */
    abstract Cluster cluster();

    /** Whether challenges outlive the nodes. */
    abstract boolean keepsChallenges();

    @BeforeEach
    void start() {
        realm = EmailCodeRealm.create(node(1), Map.of());
    }

    @AfterEach
    void stop() {
        realm.close();
    }

    KeycloakServer node(int number) {
        return cluster().nodes().get(number);
    }

    EmailCodeRealm realm() {
        return realm;
    }

    LoginClient browser(int node) {
        return realm.realm().session(LoginClient.connections(), node(node));
    }

    /** By e-mail and by text message, at a sign-in and at a set-up. */
    @Test
    void aCodeWorksAfterTheNodeThatHasSentItWasKilled() {
        TestUser user = realm.user("survivor").create();
        LoginClient client = browser(0);
        client.signIn(user);
        client.assertHas(FORM);
        String code = realm.awaitCode(user, 1);
        enter(client, otherThan(code));
        try (SmsCodeRealm sms = SmsCodeRealm.create(node(1), Map.of())) {
            String number = SmsCodeRealm.number();
            LoginClient signIn = sms.realm().session(LoginClient.connections(), node(0));
            signIn.signIn(sms.user("survivor", number).create());
            String ofSignIn = sms.awaitCode(number, 1);
            String newNumber = SmsCodeRealm.number();
            LoginClient setUp = sms.realm().session(LoginClient.connections(), node(0));
            setUp.open(Map.of("kc_action", SmsCodeRealm.ACTION));
            setUp.password(sms.realm().user("newcomer").create());
            SmsCodeRealm.send(setUp, "DE", newNumber);
            String ofSetup = sms.awaitCode(newNumber, 1);

            node(0).kill();
            try {
                enterAtOther(client, "emailCode", otherThan(code));
                assertThat(guesses(user)).isEqualTo("2/2");
                enterAtOther(client, "emailCode", code);
                client.assertSignedIn();
                enterAtOther(signIn, "smsCode", ofSignIn);
                signIn.assertSignedIn();
                enterAtOther(setUp, "smsCode", ofSetup);
                setUp.assertSignedIn();
            } finally {
                cluster().startAgain(0);
            }
        }
    }

    private void enterAtOther(LoginClient client, String field, String code) {
        client.send(ClusterRequests.to(node(1), client.prepare(FORM, Map.of(field, code))));
    }

    @Test
    void countsOutliveTheWholeCluster() {
        TestUser user = realm.user("restarted").create();
        LoginClient client = browser(0);
        client.signIn(user);
        String code = realm.awaitCode(user, 1);
        for (int i = 0; i < 3; i++) {
            enter(client, otherThan(code));
        }
        cluster().restart();

        assertThat(guesses(user)).isEqualTo("3/3");
        if (keepsChallenges()) {
            enter(client, otherThan(code));
            assertThat(guesses(user)).isEqualTo("4/4");
            enter(client, code).assertSignedIn();
        } else {
            enter(client, code);
            client.assertNotSignedIn();
            assertThat(client.page().status()).isLessThan(500);
            assertThat(guesses(user)).isEqualTo("3/3");
            LoginClient next = browser(1);
            next.signIn(user);
            enter(next, realm.awaitCode(user, 2)).assertSignedIn();
        }
    }

    static String guesses(TestUser user) {
        JsonNode guesses = user.admin().credentialData(EmailCodeRealm.TYPE).path("guesses");
        return guesses.path("inARow").asInt() + "/" + guesses.path("inAll").asInt();
    }
}
