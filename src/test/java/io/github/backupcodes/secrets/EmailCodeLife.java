package io.github.backupcodes.secrets;

import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static io.github.backupcodes.emailcode.EmailCodeRealm.enter;
import static io.github.backupcodes.emailcode.EmailCodeRealm.otherThan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.race.server.NotificationResource;
import io.github.backupcodes.support.RefusingMailServer;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestUser;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Codes by e-mail from their set-up to their end: sent, mistyped, used up, sent again, entered, entered twice, refused, and taken away.
 *
 * @param user  whose they are
 * @param codes all that were sent or entered
 */
record EmailCodeLife(TestUser user, List<String> codes) {

    /** The settings of the realm. Six digits in a row are in many places by chance. */
    static final Map<String, String> SETTINGS = Map.of("code-digits", "8", "events-for-sent", "true");

    private static final String SITE = "Zinnober Versand";

    /** What a mail says, which no template has. */
    static final String TEXT = Messages.of("emailCodeMailSignIn", SITE);

    /** Lives it; each realm once. */
    static EmailCodeLife in(EmailCodeRealm realm) {
        realm.realm().admin().update(Map.of("displayName", SITE));
        TestUser user = realm.realm().user("mailbox-owner").create();
        EmailCodeLife life = new EmailCodeLife(user, new ArrayList<>());
        life.setUp(realm);
        life.signIn(realm);
        life.refused(realm);
        assertThat(realm.mails().mails().toString()).contains(TEXT);
        return life;
    }

    /** The mail address, which the name of the user is not. */
    String address() {
        return user.username() + "@example.org";
    }

    /** The codes that are in a text as words of their own, and not by chance in a longer number. */
    List<String> codesIn(String text) {
        return in(text, codes);
    }

    /** The codes of these that are in a text as words of their own. */
    static List<String> in(String text, List<String> codes) {
        return codes.stream()
                .filter(code -> Pattern.compile("(?<![0-9A-Za-z.-])" + code + "(?![0-9A-Za-z.-])")
                        .matcher(text)
                        .find())
                .toList();
    }

    private void setUp(EmailCodeRealm realm) {
        LoginClient client = realm.realm().signInFor(user, EmailCodeRealm.ACTION);
        client.submit("#email-code-send-form", Map.of("send", "true"));
        String code = sent(realm, 1);
        enter(client, wrong(code));
        enter(client, code).assertSignedIn();
    }

    private void signIn(EmailCodeRealm realm) {
        LoginClient client = realm.open(user);
        String first = sent(realm, 2);
        for (int i = 0; i < 5; i++) {
            enter(client, wrong(first));
        }
        EmailCodeRealm.again(client);
        String second = sent(realm, 3);
        LoginClient tab = client.newTab();
        tab.open();
        if (!tab.page().has(FORM)) {
            tab.password(user);
        }
        HttpRequest again = tab.prepare(FORM, Map.of("emailCode", second));
        enter(client, second).assertSignedIn();
        tab.send(again);
        tab.assertNotSignedIn();
    }

    private void refused(EmailCodeRealm realm) {
        try (RefusingMailServer refusing = RefusingMailServer.start()) {
            realm.realm().admin().update(Map.of("smtpServer", refusing.smtp()));
            realm.tell(user, NotificationResource.Kind.EMAIL_SET_UP);
            LoginClient client = realm.open(user);
            Awaitility.await("refused mails").atMost(Duration.ofSeconds(20)).until(() -> {
                List<JsonNode> failures = realm.realm().admin().events("CUSTOM_REQUIRED_ACTION_ERROR");
                return Stream.of("backup_codes_mail", "message_channel").allMatch(detail -> failures.stream()
                        .anyMatch(event -> event.path("details").has(detail)));
            });
            user.admin().update(Map.of("emailVerified", false));
            enter(client, wrong(codes.get(0))).assertNotSignedIn();
            realm.realm()
                    .admin()
                    .client()
                    .delete(realm.realm().admin().path("/backup-codes/users/" + user.id() + "/email-code"));
        }
    }

    private String sent(EmailCodeRealm realm, int messages) {
        String code = realm.awaitCode(user, messages);
        codes.add(code);
        return code;
    }

    private String wrong(String code) {
        String other = otherThan(code);
        codes.add(other);
        return other;
    }
}
