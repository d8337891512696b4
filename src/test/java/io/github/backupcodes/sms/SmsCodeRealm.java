package io.github.backupcodes.sms;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestSmsCode;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A realm whose flow accepts codes by text message beside an authenticator app and backup codes, with a gateway and a mail server of its
 * own.
 *
 * @param realm   the realm
 * @param gateway its gateway
 * @param mails   its mail server
 */
public record SmsCodeRealm(TestRealm realm, SmsGateway gateway, MailServer mails) implements AutoCloseable {

    /** The authenticator. */
    public static final String AUTHENTICATOR = "sms-code-form";

    /** The required action. */
    public static final String ACTION = "CONFIGURE_SMS_CODE";

    /** The credential type. */
    public static final String TYPE = TestSmsCode.TYPE;

    /** The form with the code. */
    public static final String FORM = "#kc-verification-code-form";

    /** The form with the number. */
    public static final String SEND_FORM = "#sms-code-send-form";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For so long no message comes after the last one. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** On the shared server, with settings of the required action. */
    public static SmsCodeRealm create(Map<String, String> settings) {
        return create(SharedServer.get(), settings);
    }

    /** On a server, with settings of the required action beside those of the gateway. */
    public static SmsCodeRealm create(KeycloakServer server, Map<String, String> settings) {
        SmsGateway gateway = SmsGateway.start();
        MailServer mails = MailServer.start();
        TestRealm realm = TestRealm.on(server).with("smtpServer", mails.smtp()).create();
        realm.admin().registerRequiredAction(ACTION);
        SmsCodeRealm created = new SmsCodeRealm(realm, gateway, mails);
        created.configure(settings);
        realm.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, AUTHENTICATOR, "ALTERNATIVE");
        // after the app, before the backup codes
        realm.admin()
                .post(
                        "/authentication/executions/" + realm.admin().execution(TestRealm.FLOW, AUTHENTICATOR)
                                + "/raise-priority",
                        Map.of());
        return created;
    }

    /** Sets settings of the required action, beside those of the gateway. */
    public void configure(Map<String, String> settings) {
        Map<String, String> all = gateway.settings();
        all.putAll(settings);
        realm.admin().configureRequiredAction(ACTION, all);
    }

    /** The same as an import does it: what is invalid is not refused. */
    public void configureUnchecked(Map<String, String> settings) {
        Map<String, String> all = gateway.settings();
        all.putAll(settings);
        realm.admin().updateRequiredAction(ACTION, Map.of("config", all));
    }

    /** A German mobile number, different each time. */
    public static String number() {
        return "+4915112%06d".formatted(NUMBERS.incrementAndGet());
    }

    /** The number that is stored for a user. */
    public static String storedNumber(RealmAdmin admin, TestUser user) {
        JsonNode row =
                admin.get("/" + RowLockResourceFactory.ID + "/" + user.admin().credentialId(TYPE) + "/data");
        return Json.read(row.path("secretData").asText()).path("destination").asText();
    }

    /** A user with codes by text message alone, to be described further. */
    public TestUser.Builder user(String name, String number) {
        return realm.user(name).credential(TestSmsCode.to(number).credential());
    }

    /** A user at a new browser who has entered the password and is asked for a code. */
    public LoginClient open(TestUser user) {
        LoginClient client = realm.signIn(user);
        client.assertHas(FORM);
        return client;
    }

    /** A user at a new browser whom an application sends to the set-up. */
    public LoginClient openSetup(TestUser user) {
        LoginClient client = realm.signInFor(user, ACTION);
        client.assertHas(SEND_FORM);
        return client;
    }

    /** Enters a number on the page of the set-up. */
    public static LoginClient send(LoginClient client, String country, String number) {
        client.submit(SEND_FORM, Map.of("country", country, "number", number, "send", "true"));
        return client;
    }

    /** Enters a code. */
    public static LoginClient enter(LoginClient client, String code) {
        client.submit(FORM, Map.of("smsCode", code));
        return client;
    }

    /** The messages that have come for a number. */
    public List<SmsGateway.Sms> messages(String number) {
        return gateway.messages(number);
    }

    /** Waits until so many messages have come for a number, and returns the code in the newest. */
    public String awaitCode(String number, int count) {
        return gateway.awaitCode(number, count);
    }

    /** Waits until this many messages have come for all numbers together, and no more come; returns how many there are. */
    int awaitMessages(int count) {
        Awaitility.await("%d messages".formatted(count))
                .atMost(PATIENCE)
                .until(() -> gateway.messages().size() >= count);
        // the caller compares the number that there is then
        Awaitility.await("no more messages").pollDelay(SILENCE).until(() -> true);
        return gateway.messages().size();
    }

    @Override
    public void close() {
        realm.close();
        gateway.close();
        mails.close();
    }
}
