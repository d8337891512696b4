package io.github.backupcodes.emailcode;

import static io.github.backupcodes.emailcode.EmailCodeRealm.AGAIN;
import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static io.github.backupcodes.emailcode.EmailCodeRealm.again;
import static io.github.backupcodes.emailcode.EmailCodeRealm.enter;
import static io.github.backupcodes.emailcode.EmailCodeRealm.otherThan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.ClusterRequests;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.Cluster;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes by e-mail on two nodes: what happens at once happens once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmailCodeRaceTests {

    private static final int TABS = VerificationCodeRace.TABS;

    private Cluster cluster;
    private ClusterRequests nodes;
    private EmailCodeRealm realm;

    /** The two nodes. */
    abstract Cluster cluster();

    /** Requests to them. */
    ClusterRequests nodes() {
        return nodes;
    }

    @BeforeAll
    void start() {
        cluster = cluster();
        nodes = new ClusterRequests(cluster);
        realm = EmailCodeRealm.create(cluster.nodes().get(0), Map.of("sign-in-hour", "100", "sign-in-day", "100"));
    }

    @AfterAll
    void stop() {
        nodes.close();
        realm.close();
    }

    @Test
    void oneOfSeveralRequestsWithTheSameCodeSignsIn() throws Exception {
        race().run("winner", ClusterRequests.rounds(15), 0);
    }

    @Test
    void aRightCodeInFlightIsNotDestroyedByWrongOnes() throws Exception {
        race().run("flight", ClusterRequests.rounds(5), 2);
    }

    private VerificationCodeRace race() {
        return new VerificationCodeRace(
                nodes,
                realm.realm(),
                EmailCodeRealm.TYPE,
                "emailCode",
                name -> realm.user(name).create(),
                realm::awaitCode);
    }

    /** Each is sent twice at once, as by a double click: Keycloak allows a browser three hundred tabs. */
    @Test
    void ofManyWrongCodesAtOnceFiveAreComparedAndEachIsCountedOnce() throws Exception {
        int guesses = Integer.getInteger("race.rounds", 0) == 0 ? 60 : 500;
        try (EmailCodeRealm other = EmailCodeRealm.create(cluster.nodes().get(0), Map.of())) {
            TestUser user = other.user("guesser").create();
            List<LoginClient> tabs = nodes.tabs(other.realm(), user, guesses / 2, FORM);
            guess(other, tabs, other.awaitCode(user, 1), "");

            int compared = nodes.compared(other.realm(), "wrong_code");
            // fewer if one has waited for the row for too long
            assertThat(compared).isBetween(1, 5);
            assertThat(guesses(user)).isEqualTo(compared + "/" + compared);
            assertThat(tabs).noneMatch(LoginClient::isSignedIn);
        }
    }

    /**
     * A hundred and thirty wrong codes for two challenges, also if no page can be rendered. If all requests are rolled back, there are
     * no more; see {@code FaultThemeSelectorProvider}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "throw", "commit"})
    void ofManyWrongCodesTenAreComparedWhateverBecomesOfTheRequests(String fault) throws Exception {
        try (EmailCodeRealm other = EmailCodeRealm.create(cluster.nodes().get(0), Map.of())) {
            TestUser user = other.user("guesser").create();
            List<LoginClient> tabs = nodes.tabs(other.realm(), user, 33, FORM);
            String code = other.awaitCode(user, 1);
            HttpRequest right =
                    nodes.prepare(tabs, FORM, Map.of("emailCode", code)).get(0);
            guess(other, tabs, code, fault);
            if (fault.equals("commit")) {
                // while one is counted again, the others on its node are asked to try again
                int compared = nodes.compared(other.realm(), "wrong_code");
                assertThat(compared)
                        .isBetween(
                                1, 5 + (undoesReservations() ? cluster.nodes().size() - 1 : 0));
                assertThat(guesses(user)).isEqualTo(compared + "/" + compared);
                return;
            }
            assertThat(nodes.compared(other.realm(), "wrong_code") + " " + guesses(user))
                    .isEqualTo("5 5/5");

            LoginClient next = again(tab(tabs.get(0), user));
            String newCode = other.awaitCode(user, 2);
            tabs = new ArrayList<>(List.of(next));
            while (tabs.size() < 32) {
                tabs.add(tab(next, user));
            }
            HttpRequest rightAgain =
                    nodes.prepare(tabs, FORM, Map.of("emailCode", newCode)).get(0);
            guess(other, tabs, newCode, fault);
            assertThat(nodes.compared(other.realm(), "wrong_code") + " " + guesses(user))
                    .isEqualTo("10 10/10");

            for (HttpRequest request : List.of(right, rightAgain)) {
                next.send(request);
                next.assertNotSignedIn();
            }
            assertThat(guesses(user)).isEqualTo("10/10");
        }
    }

    /**
     * Whether a rollback undoes what was reserved. Then each other node may compare one code more than the limit, if all requests fail.
     */
    boolean undoesReservations() {
        return false;
    }

    /** Enters a wrong code in each tab, twice at once. */
    private void guess(EmailCodeRealm where, List<LoginClient> tabs, String code, String fault) throws Exception {
        List<HttpRequest> wrong = nodes.prepare(tabs, FORM, Map.of("emailCode", otherThan(code)));
        fault(where, fault);
        List<LoginClient> clients = new ArrayList<>(tabs);
        tabs.forEach(tab -> clients.add(tab.newTab()));
        List<HttpRequest> requests = new ArrayList<>(wrong);
        requests.addAll(wrong);
        nodes.flood(clients, requests);
        fault(where, "");
    }

    /** Where no credential counts yet, five are compared for a challenge and ten in a day. */
    @ParameterizedTest
    @ValueSource(strings = {"", "rollback"})
    void whoSetsUpHasTenTriesADayWhateverBecomesOfTheRequests(String fault) throws Exception {
        try (EmailCodeRealm other = EmailCodeRealm.create(cluster.nodes().get(0), Map.of())) {
            TestUser user = other.realm().user("newcomer").create();
            LoginClient first = nodes.browser(other.realm(), 0);
            setUp(first, user);
            for (int challenge = 1; challenge <= 2; challenge++) {
                String code = other.awaitCode(user, challenge);
                List<LoginClient> tabs = new ArrayList<>(List.of(first));
                while (tabs.size() < 20) {
                    LoginClient tab = first.newTab();
                    setUp(tab, user);
                    tabs.add(tab);
                }
                guess(other, tabs, code, fault);
                if (!fault.isEmpty() && undoesReservations()) {
                    assertThat(nodes.compared(other.realm(), "wrong_code"))
                            .isBetween(1, 5 + cluster.nodes().size() - 1);
                    return;
                }
                assertThat(nodes.compared(other.realm(), "wrong_code")).isEqualTo(5 * challenge);
                first = first.newTab();
                setUp(first, user);
                again(first);
            }
            enter(first, other.awaitCode(user, 3));
            assertThat(first.page().error()).isEqualTo(Messages.of("verificationCodeErrorTomorrow"));
            assertThat(user.admin().credentials(EmailCodeRealm.TYPE)).isEmpty();
        }
    }

    private static void setUp(LoginClient client, TestUser user) {
        client.open(Map.of("kc_action", EmailCodeRealm.ACTION));
        client.password(user);
        client.submit("#email-code-send-form", Map.of("send", "true"));
    }

    private static void fault(EmailCodeRealm where, String fault) {
        where.realm().admin().update(Map.of("attributes", Map.of("test-fault", fault)));
    }

    @Test
    void manyFirstRequestsSendOneMessage() throws Exception {
        TestUser user = realm.user("first").create();
        List<LoginClient> tabs = nodes.openTabs(realm.realm(), TABS);
        nodes.race(
                tabs,
                nodes.prepare(
                        tabs, "#kc-form-login", Map.of("username", user.username(), "password", user.password())));

        String code = realm.awaitCode(user, 1);
        assertThat(tabs).allSatisfy(tab -> tab.assertHas(FORM));
        enter(tabs.get(TABS - 1), code).assertSignedIn();
        TimeUnit.SECONDS.sleep(2);
        assertThat(realm.codes(user)).hasSize(1);
    }

    @Test
    void manyClicksOnSendAgainSendOneMessageMore() throws Exception {
        TestUser user = realm.user("again").create();
        List<LoginClient> tabs = nodes.tabs(realm.realm(), user, TABS, FORM);
        String code = realm.awaitCode(user, 1);
        TimeUnit.SECONDS.sleep(31);
        nodes.race(tabs, nodes.prepare(tabs, AGAIN, Map.of("resend", "true")));

        assertThat(realm.awaitCode(user, 2)).isEqualTo(code);
        TimeUnit.SECONDS.sleep(2);
        assertThat(realm.codes(user)).hasSize(2);
        enter(tabs.get(0), code).assertSignedIn();
    }

    /** Fifty requests more than a limit allows. */
    @ParameterizedTest
    @CsvSource({"sign-in-realm-hour, 7", "realm-hour, 7", "per-address-hour, 7"})
    void aLimitIsExactOnTwoNodes(String setting, int limit) throws Exception {
        assertThat(sent(setting, limit, limit + 50)).isEqualTo(limit);
    }

    /** Above a hundred a place stands for several messages, and each node may keep the rest of one. */
    @Test
    void aLargeLimitIsReachedByBlocks() throws Exception {
        int limit = 150;
        assertThat(sent("sign-in-realm-hour", limit, limit + 50)).isBetween(limit - 2 * 2, limit);
    }

    /** Lets as many people ask for a code at once, and returns how many get one. */
    int sent(String setting, int limit, int people) throws Exception {
        boolean signIn = setting.startsWith("sign-in");
        try (EmailCodeRealm limited =
                EmailCodeRealm.create(cluster.nodes().get(0), Map.of(setting, String.valueOf(limit)))) {
            List<LoginClient> clients = new ArrayList<>();
            List<HttpRequest> requests = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                String name = "person" + i;
                TestUser user = (signIn ? limited.user(name) : limited.realm().user(name)).create();
                LoginClient client = nodes.browser(limited.realm(), i);
                clients.add(client);
                if (signIn) {
                    client.open();
                    requests.add(client.prepare(
                            "#kc-form-login", Map.of("username", user.username(), "password", user.password())));
                } else {
                    client.open(Map.of("kc_action", EmailCodeRealm.ACTION));
                    client.password(user);
                    requests.add(client.prepare("#email-code-send-form", Map.of("send", "true")));
                }
            }
            nodes.flood(clients, requests);

            assertThat(clients).noneMatch(LoginClient::isSignedIn);
            int asked = (int)
                    clients.stream().filter(client -> client.page().has(FORM)).count();
            assertThat(clients.stream().filter(client -> client.page()
                            .document()
                            .text()
                            .contains(Messages.of("verificationCodeErrorLimit"))))
                    .hasSize(people - asked);
            Awaitility.await().until(() -> limited.mails().mails().size() >= asked);
            TimeUnit.SECONDS.sleep(1);
            assertThat(limited.mails().mails()).hasSize(asked);
            return asked;
        }
    }

    @Test
    void theCodeWorksOnTheOtherNode() {
        TestUser user = realm.user("other-node").create();
        LoginClient client = nodes.browser(realm.realm(), 0);
        client.signIn(user);
        String code = realm.awaitCode(user, 1);
        client.send(ClusterRequests.to(cluster.nodes().get(1), client.prepare(FORM, Map.of("emailCode", code))));

        client.assertSignedIn();
    }

    private static String guesses(TestUser user) {
        JsonNode guesses = user.admin().credentialData(EmailCodeRealm.TYPE).path("guesses");
        return guesses.path("inARow").asInt() + "/" + guesses.path("inAll").asInt();
    }

    /** Another tab of a browser, in which the user has entered the password. */
    private static LoginClient tab(LoginClient browser, TestUser user) {
        LoginClient tab = browser.newTab();
        tab.open();
        tab.password(user);
        return tab;
    }
}
