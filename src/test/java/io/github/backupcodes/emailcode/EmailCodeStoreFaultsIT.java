package io.github.backupcodes.emailcode;

import static io.github.backupcodes.emailcode.EmailCodeRealm.ACTION;
import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static io.github.backupcodes.emailcode.EmailCodeRealm.TYPE;
import static io.github.backupcodes.emailcode.EmailCodeRealm.again;
import static io.github.backupcodes.emailcode.EmailCodeRealm.enter;
import static io.github.backupcodes.emailcode.EmailCodeRealm.otherThan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.race.server.SingleUseCallsResourceFactory;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestUser;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store of single-use objects fails, see {@code FaultSingleUseObjectProvider}; and how often it is asked. */
class EmailCodeStoreFaultsIT {

    private static final String SEND_FORM = "#email-code-send-form";

    private static EmailCodeRealm realm;

    @BeforeAll
    static void start() {
        realm = EmailCodeRealm.create(Map.of("sign-in-hour", "1"));
    }

    @AfterEach
    void storeWorksAgain() {
        store("");
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unreachable", "refusing", "get", "putIfAbsent"})
    void withoutTheStoreNothingIsGrantedCountedOrDeleted(String fault) {
        String name = fault.toLowerCase(Locale.ROOT);
        TestUser user = realm.user("user" + name).create();
        LoginClient client = realm.open(user);
        LoginClient wrong = tab(client, user);
        LoginClient right = tab(client, user);
        String code = realm.awaitCode(user, 1);
        TestUser newcomer = realm.realm().user("newcomer" + name).create();
        LoginClient setUp = setUp(realm.realm().newBrowser(), newcomer);
        LoginClient wrongSetUp = setUp(setUp.newTab(), newcomer);
        LoginClient rightSetUp = setUp(setUp.newTab(), newcomer);
        String setUpCode = realm.awaitCode(newcomer, 1);
        TestUser late = realm.user("late" + name).create();
        TestUser lateNewcomer = realm.realm().user("latenewcomer" + name).create();

        store(fault);
        assertTryAgain(enter(wrong, otherThan(code)));
        assertTryAgain(enter(right, code));
        assertTryAgain(enter(wrongSetUp, otherThan(setUpCode)));
        assertTryAgain(enter(rightSetUp, setUpCode));
        LoginClient asking = realm.realm().signIn(late);
        assertTryAgain(asking);
        LoginClient askingSetUp = realm.realm().signInFor(lateNewcomer, ACTION);
        askingSetUp.submit(SEND_FORM, Map.of("send", "true"));
        assertTryAgain(askingSetUp);
        store("");

        assertThat(guesses(user)).isEqualTo("0/0");
        assertThat(newcomer.admin().credentials(TYPE)).isEmpty();
        enter(client, code).assertSignedIn();
        enter(setUp, setUpCode).assertSignedIn();
        assertThat(newcomer.admin().credentials(TYPE)).hasSize(1);
        assertThat(realm.codes(late)).isEmpty();
        assertThat(realm.codes(lateNewcomer)).isEmpty();
        again(asking);
        enter(asking, realm.awaitCode(late, 1)).assertSignedIn();
        again(askingSetUp);
        enter(askingSetUp, realm.awaitCode(lateNewcomer, 1)).assertSignedIn();
    }

    /** Calls that no decision needs. */
    @ParameterizedTest
    @ValueSource(strings = {"contains", "put", "remove"})
    void theRowDecidesOnceWhateverFailsBesideIt(String fault) {
        TestUser user = realm.user("beside" + fault.toLowerCase(Locale.ROOT)).create();
        LoginClient client = realm.open(user);
        LoginClient wrong = tab(client, user);
        LoginClient twice = tab(client, user);
        String code = realm.awaitCode(user, 1);

        store(fault);
        enter(wrong, otherThan(code)).assertNotSignedIn();
        assertThat(guesses(user)).isEqualTo("1/1");
        enter(client, code).assertSignedIn();
        store("");

        enter(twice, code).assertNotSignedIn();
        assertThat(user.admin().credentialData(TYPE).path("accepted")).hasSize(1);
    }

    /** Without a row the removal of the challenge decides. */
    @Test
    void aFactorIsNotSetUpWhileTheChallengeCannotBeRemoved() {
        TestUser newcomer = realm.realm().user("remover").create();
        LoginClient client = setUp(realm.realm().newBrowser(), newcomer);
        LoginClient later = setUp(client.newTab(), newcomer);
        String code = realm.awaitCode(newcomer, 1);

        store("remove");
        assertTryAgain(enter(client, code));
        assertThat(newcomer.admin().credentials(TYPE)).isEmpty();
        store("");

        enter(later, code).assertSignedIn();
        assertThat(newcomer.admin().credentials(TYPE)).hasSize(1);
    }

    @Test
    void theRowCountsWhereTheStoreForgetsTheTries() {
        TestUser user = realm.user("forgotten").create();
        LoginClient client = realm.open(user);
        LoginClient right = tab(client, user);
        String code = realm.awaitCode(user, 1);

        store("forgetful");
        for (int i = 0; i < 12 && client.page().has(FORM); i++) {
            enter(client, otherThan(code));
        }
        assertThat(guesses(user)).isEqualTo("10/10");
        enter(right, code).assertNotSignedIn();
        assertThat(guesses(user)).isEqualTo("10/10");
    }

    /** Once this node knows that the limit is reached. */
    @Test
    void aRefusalByALimitCostsOneCall() {
        TestUser user = realm.user("limited").create();
        LoginClient client = realm.open(user);
        enter(client, realm.awaitCode(user, 1)).assertSignedIn();
        assertLimited(realm.realm().signIn(user));
        String calls = "/" + SingleUseCallsResourceFactory.ID;
        realm.realm().admin().delete(calls);
        assertLimited(realm.realm().signIn(user));

        JsonNode made = realm.realm().admin().get(calls);
        assertThat(made.path("contains bc:fu").asInt()).isEqualTo(1);
        assertThat(made.fieldNames())
                .toIterable()
                .filteredOn(call -> call.endsWith("bc:pl") || call.endsWith("bc:fu"))
                .containsExactly("contains bc:fu");
    }

    private static void assertLimited(LoginClient client) {
        client.assertNotSignedIn();
        assertThat(client.page().text("#verification-code")).contains(Messages.of("verificationCodeErrorLimit"));
    }

    private static void assertTryAgain(LoginClient client) {
        client.assertNotSignedIn();
        assertThat(client.page().document().text()).contains(Messages.of("verificationCodeErrorBusy"));
    }

    private static LoginClient tab(LoginClient browser, TestUser user) {
        LoginClient tab = browser.newTab();
        tab.open();
        tab.password(user);
        tab.assertHas(FORM);
        return tab;
    }

    private static LoginClient setUp(LoginClient client, TestUser user) {
        client.open(Map.of("kc_action", ACTION));
        client.password(user);
        client.submit(SEND_FORM, Map.of("send", "true"));
        client.assertHas(FORM);
        return client;
    }

    private static String guesses(TestUser user) {
        JsonNode guesses = user.admin().credentialData(TYPE).path("guesses");
        return guesses.path("inARow").asInt() + "/" + guesses.path("inAll").asInt();
    }

    private void store(String fault) {
        realm.realm().admin().update(Map.of("attributes", Map.of("test-store", fault)));
    }
}
