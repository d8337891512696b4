package io.github.backupcodes.secrets;

import static io.github.backupcodes.sms.SmsCodeRealm.FORM;
import static io.github.backupcodes.sms.SmsCodeRealm.SEND_FORM;
import static io.github.backupcodes.sms.SmsCodeRealm.enter;
import static io.github.backupcodes.sms.SmsCodeRealm.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestUser;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Codes by text message from their set-up to their end: mistyped, sent again, entered, entered twice, sent to another number, not
 * accepted by the gateway.
 *
 * @param user    whose they are
 * @param numbers the numbers that the user has entered
 * @param codes   all that were sent or entered
 */
record SmsCodeLife(TestUser user, List<String> numbers, List<String> codes) {

    /** The settings of the realm. Six digits in a row are in many places by chance. */
    static final Map<String, String> SETTINGS =
            Map.of("code-digits", "8", "events-for-sent", "true", "sign-in-hour", "10");

    private static final String SITE = "Zinnober Versand";

    /** Lives it; each realm once. */
    static SmsCodeLife in(SmsCodeRealm realm) {
        realm.realm().admin().update(Map.of("displayName", SITE));
        TestUser user = realm.realm().user("phone-owner").create();
        SmsCodeLife life = new SmsCodeLife(user, new ArrayList<>(), new ArrayList<>());
        String first = life.setUp(realm);
        life.signIn(realm, first);
        life.change(realm, first);
        assertThat(realm.gateway().messages())
                .extracting(SmsGateway.Sms::text)
                .contains(Messages.of("smsCodeTextChanged", SITE));
        return life;
    }

    /** The codes that are in a text as words of their own. */
    List<String> codesIn(String text) {
        return EmailCodeLife.in(text, codes);
    }

    /** The numbers that are in a text, in international or national writing. */
    List<String> numbersIn(String text) {
        return numbers.stream()
                .map(number -> number.substring(3))
                .filter(text::contains)
                .toList();
    }

    /** What the messages say, whatever the code. */
    List<String> texts() {
        return List.of(
                Messages.of("smsCodeText", "", SITE),
                Messages.of("smsCodeTextSetup", "", SITE),
                Messages.of("smsCodeTextChanged", SITE));
    }

    private String setUp(SmsCodeRealm realm) {
        LoginClient client = realm.openSetup(user);
        send(client, "DE", "030 123456");
        String number = number(client);
        String code = sent(realm, number, 1);
        enter(client, wrong(code));
        enter(client, code).assertSignedIn();
        return number;
    }

    private void signIn(SmsCodeRealm realm, String number) {
        LoginClient client = realm.open(user);
        String first = sent(realm, number, 2);
        for (int i = 0; i < 5; i++) {
            enter(client, wrong(first));
        }
        EmailCodeRealm.again(client);
        String second = sent(realm, number, 3);
        LoginClient tab = client.newTab();
        tab.open();
        if (!tab.page().has(FORM)) {
            tab.password(user);
        }
        HttpRequest again = tab.prepare(FORM, Map.of("smsCode", second));
        enter(client, second).assertSignedIn();
        tab.send(again);
        tab.assertNotSignedIn();
    }

    /** To a second number; the gateway takes no message for the third, and none at the next sign-in. */
    private void change(SmsCodeRealm realm, String before) {
        LoginClient client = realm.realm().newBrowser();
        client.open(Map.of("kc_action", SmsCodeRealm.ACTION));
        client.password(user);
        enter(client, sent(realm, before, 4)).assertHas(SEND_FORM);
        String after = number(client);
        enter(client, sent(realm, after, 1)).assertSignedIn();
        Awaitility.await("the notice").until(() -> realm.messages(before).size() == 5);

        client = realm.realm().newBrowser();
        client.open(Map.of("kc_action", SmsCodeRealm.ACTION));
        client.password(user);
        enter(client, sent(realm, after, 2)).assertHas(SEND_FORM);
        realm.gateway().answer(400);
        number(client);
        awaitText(client, "#sms-code", "verificationCodeErrorRefused");
        realm.gateway().answer(503);
        awaitText(realm.realm().signIn(user), "#verification-code", "verificationCodeErrorNotSent");
        realm.gateway().answer(200);
        realm.gateway().messages().stream()
                .filter(SmsGateway.Sms::hasCode)
                .map(SmsGateway.Sms::code)
                .filter(code -> !codes.contains(code))
                .forEach(codes::add);
    }

    private static void awaitText(LoginClient client, String css, String message) {
        Awaitility.await(message).until(() -> {
            EmailCodeRealm.reload(client);
            return client.page().text(css).contains(Messages.of(message));
        });
    }

    private String number(LoginClient client) {
        String number = SmsCodeRealm.number();
        numbers.add(number);
        send(client, "DE", "0" + number.substring(3));
        return number;
    }

    private String sent(SmsCodeRealm realm, String number, int messages) {
        String code = realm.awaitCode(number, messages);
        codes.add(code);
        return code;
    }

    private String wrong(String code) {
        String other = EmailCodeRealm.otherThan(code);
        codes.add(other);
        return other;
    }
}
