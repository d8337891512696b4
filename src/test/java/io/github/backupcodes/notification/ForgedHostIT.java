package io.github.backupcodes.notification;

import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestEmailCode;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedCluster;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A thief who signs in with a stolen password and a forged host puts no address into a mail: neither if the server has a
 * configured host nor if it takes that of the request. The first node of the cluster has one.
 */
@ResourceLock(SharedCluster.LOCK)
class ForgedHostIT {

    private static final String FORGED = "evil.example";
    private static final String OWN = "https://login.example.org";

    private static EmailCodeRealm realm;

    @BeforeAll
    static void start() {
        realm = EmailCodeRealm.create(node(0), Map.of());
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @Test
    void aConfiguredHostStays() {
        assertThat(notice("Host", node(0), "host-0").link()).startsWith("http://127.0.0.1");
        assertThat(notice("X-Forwarded-Host", node(0), "forwarded-0").link()).startsWith("http://127.0.0.1");
    }

    @Test
    void withoutAConfiguredHostThereIsNoLink() {
        for (String header : new String[] {"Host", "X-Forwarded-Host"}) {
            MailServer.Mail notice = notice(header, node(1), header.toLowerCase(Locale.ROOT) + "-1");
            assertThat(notice.text() + notice.html())
                    .doesNotContain("http")
                    .contains(Messages.of("emailCodeMailNotMe"));
        }
    }

    @Test
    void theHostOfTheRealmIsEnough() {
        try (EmailCodeRealm named = EmailCodeRealm.create(node(1), Map.of())) {
            named.realm().admin().update(Map.of("attributes", Map.of("frontendUrl", OWN)));
            assertThat(notice(named, "X-Forwarded-Host", node(1), "named").link())
                    .startsWith(OWN + "/realms/");
        }
    }

    /** The line that ties the code to the site names the configured host, or is not there. */
    @Test
    void textMessagesNameNoForgedHost() {
        try (SmsCodeRealm texts = SmsCodeRealm.create(node(0), Map.of())) {
            for (String header : new String[] {"Host", "X-Forwarded-Host"}) {
                assertThat(lastLineOfSignIn(texts, header, node(0))).startsWith("@127.0.0.1 #");
                assertThat(lastLineOfSetup(texts, header, node(0))).startsWith("@127.0.0.1 #");
                assertThat(lastLineOfSignIn(texts, header, node(1))).doesNotContain("@", "#");
                assertThat(lastLineOfSetup(texts, header, node(1))).doesNotContain("@", "#");
            }
            texts.realm().admin().update(Map.of("attributes", Map.of("frontendUrl", OWN)));
            assertThat(lastLineOfSignIn(texts, "X-Forwarded-Host", node(1))).startsWith("@login.example.org #");
            assertThat(texts.gateway().messages().toString()).doesNotContain(FORGED);
        }
    }

    private static String lastLineOfSignIn(SmsCodeRealm texts, String header, KeycloakServer node) {
        String number = SmsCodeRealm.number();
        TestUser user = texts.user("signs-in-" + number.substring(1), number).create();
        LoginClient client = texts.realm().session(LoginClient.connections(), node);
        client.open();
        client.send(forged(
                header,
                node,
                client.prepare(
                        Selectors.PASSWORD_FORM, Map.of("username", user.username(), "password", user.password()))));
        return lastLine(texts, number);
    }

    private static String lastLineOfSetup(SmsCodeRealm texts, String header, KeycloakServer node) {
        String number = SmsCodeRealm.number();
        TestUser user = texts.realm().user("sets-up-" + number.substring(1)).create();
        LoginClient client = texts.realm().session(LoginClient.connections(), node);
        client.open(Map.of("kc_action", SmsCodeRealm.ACTION));
        client.password(user);
        client.send(forged(
                header,
                node,
                client.prepare(SmsCodeRealm.SEND_FORM, Map.of("country", "DE", "number", number, "send", "true"))));
        return lastLine(texts, number);
    }

    private static String lastLine(SmsCodeRealm texts, String number) {
        texts.awaitCode(number, 1);
        String text = texts.messages(number).get(0).text();
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    private static KeycloakServer node(int number) {
        return SharedCluster.get().nodes().get(number);
    }

    private static MailServer.Mail notice(String header, KeycloakServer node, String name) {
        return notice(realm, header, node, name);
    }

    /** The mail about wrong codes in a sign-in with a forged host. That with the code is looked at on the way. */
    private static MailServer.Mail notice(EmailCodeRealm where, String header, KeycloakServer node, String name) {
        TestUser user = where.realm()
                .user(name)
                .emailCode(TestEmailCode.to(name + "@example.org").guessed(9, 9))
                .create();
        LoginClient client = where.realm().session(LoginClient.connections(), node);
        client.open();
        client.send(forged(
                header,
                node,
                client.prepare(
                        Selectors.PASSWORD_FORM, Map.of("username", user.username(), "password", user.password()))));
        String code = where.awaitCode(user, 1);
        client.send(forged(header, node, client.prepare(FORM, Map.of("emailCode", EmailCodeRealm.otherThan(code)))));

        MailServer.Mail notice = where.awaitMail(user, Messages.of("emailCodeMailPausedSubject"));
        assertThat(where.mails().mails().toString()).contains(code).doesNotContain(FORGED);
        return notice;
    }

    /** To the node, wherever the page wants the form to go. */
    private static HttpRequest forged(String header, KeycloakServer node, HttpRequest request) {
        URI form = request.uri();
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .uri(URI.create(node.baseUrl() + form.getRawPath() + "?" + form.getRawQuery()))
                .header(header, FORGED)
                .build();
    }
}
