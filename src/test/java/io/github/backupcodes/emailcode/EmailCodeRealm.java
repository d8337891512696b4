package io.github.backupcodes.emailcode;

import io.github.backupcodes.race.server.NotificationResource;
import io.github.backupcodes.race.server.NotificationResourceFactory;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.SingleUseObjects;
import io.github.backupcodes.support.realm.TestEmailCode;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A realm whose flow accepts codes by e-mail beside an authenticator app and backup codes, with a mail server of its own.
 *
 * @param realm the realm
 * @param mails its mail server
 */
public record EmailCodeRealm(TestRealm realm, MailServer mails) implements AutoCloseable {

    /** The authenticator. */
    public static final String AUTHENTICATOR = "email-code-form";

    /** The required action. */
    public static final String ACTION = "CONFIGURE_EMAIL_CODE";

    /** The credential type. */
    public static final String TYPE = TestEmailCode.TYPE;

    /** The form with the code. */
    public static final String FORM = "#kc-verification-code-form";

    /** The form with the button that sends again. */
    public static final String AGAIN = "#verification-code-again";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** On the shared server. */
    public static EmailCodeRealm create() {
        return create(SharedServer.get(), Map.of());
    }

    /** With settings of the required action. */
    public static EmailCodeRealm create(Map<String, String> settings) {
        return create(SharedServer.get(), settings);
    }

    /** On a server. */
    public static EmailCodeRealm create(KeycloakServer server, Map<String, String> settings) {
        MailServer mails = MailServer.start();
        TestRealm realm = TestRealm.on(server).with("smtpServer", mails.smtp()).create();
        realm.admin().registerRequiredAction(ACTION);
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (!all.isEmpty()) {
            realm.admin().configureRequiredAction(ACTION, all);
        }
        realm.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, AUTHENTICATOR, "ALTERNATIVE");
        // after the app, before the backup codes
        realm.admin().post("/authentication/executions/" + execution(realm) + "/raise-priority", Map.of());
        return new EmailCodeRealm(realm, mails);
    }

    private static String execution(TestRealm realm) {
        return realm.admin().execution(TestRealm.FLOW, AUTHENTICATOR);
    }

    /** The execution in the bound flow. */
    public String execution() {
        return execution(realm);
    }

    /** A user with codes by e-mail alone, to be described further. */
    public TestUser.Builder user(String name) {
        return realm.user(name).emailCode();
    }

    /** A user at a new browser who has entered the password and is asked for a code. */
    public LoginClient open(TestUser user) {
        LoginClient client = realm.signIn(user);
        client.assertHas(FORM);
        return client;
    }

    /** Enters a code. */
    public static LoginClient enter(LoginClient client, String code) {
        client.submit(FORM, Map.of("emailCode", code));
        return client;
    }

    /** Loads the page again, as a browser does it. */
    public static LoginClient reload(LoginClient client) {
        String address = client.action("form[action*=login-actions]").toString();
        client.get(java.net.URI.create(address.replaceAll("session_code=[^&]*&?", "")));
        return client;
    }

    /** Asks for a message. */
    public static LoginClient again(LoginClient client) {
        client.submit(AGAIN, Map.of("resend", "true"));
        return client;
    }

    /** How many codes have come for a user. */
    public List<String> codes(TestUser user) {
        return mails.mails().stream()
                .filter(mail -> mail.to().equals(user.username() + "@example.org"))
                .filter(MailServer.Mail::hasCode)
                .map(MailServer.Mail::code)
                .toList();
    }

    /** Waits until so many codes have come for a user, and returns the newest. */
    public String awaitCode(TestUser user, int messages) {
        Awaitility.await("code " + messages + " for " + user.username())
                .atMost(PATIENCE)
                .until(() -> codes(user).size() >= messages);
        List<String> codes = codes(user);
        if (codes.size() > messages) {
            throw new AssertionError("more messages than expected: " + codes.size());
        }
        return codes.get(codes.size() - 1);
    }

    /** Lets the next code of this user be sent at once, as if the usual time had passed since the one before. */
    public void skipGap(TestUser user) {
        new SingleUseObjects(realm, TYPE).endGap(user);
    }

    /** Tells a user of something, without a reason. */
    public void tell(TestUser user, NotificationResource.Kind kind) {
        realm.admin().send("POST", "/" + NotificationResourceFactory.ID + "/" + user.id() + "?kind=" + kind, null);
    }

    /** The mails with a subject that a user has got. */
    public List<MailServer.Mail> mails(TestUser user, String subject) {
        return mails.mails().stream()
                .filter(mail -> mail.to().equals(user.username() + "@example.org"))
                .filter(mail -> mail.subject().equals(subject))
                .toList();
    }

    /** Waits for the mail with a subject to a user. */
    public MailServer.Mail awaitMail(TestUser user, String subject) {
        Awaitility.await(subject).atMost(PATIENCE).until(() -> !mails(user, subject)
                .isEmpty());
        return mails(user, subject).get(0);
    }

    /** A code that is not this one. */
    public static String otherThan(String code) {
        char last = code.charAt(code.length() - 1);
        return code.substring(0, code.length() - 1) + (last == '9' ? '0' : (char) (last + 1));
    }

    @Override
    public void close() {
        realm.close();
        mails.close();
    }
}
