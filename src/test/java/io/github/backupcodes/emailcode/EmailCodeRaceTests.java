package io.github.backupcodes.emailcode;

import static io.github.backupcodes.emailcode.EmailCodeRealm.AGAIN;
import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static io.github.backupcodes.emailcode.EmailCodeRealm.again;
import static io.github.backupcodes.emailcode.EmailCodeRealm.enter;
import static io.github.backupcodes.emailcode.EmailCodeRealm.otherThan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private static final int TABS = 8;

    /** Over which many requests are sent as fast as it goes; fewer than those to the database. */
    private static final int CONNECTIONS = 16;

    /** A user gets a hundred codes an hour here. */
    private static final int ROUNDS_OF_USER = 50;

    /** What those see who are not the one that signs in. */
    private static final List<String> LOSSES = List.of(
            Messages.of("verificationCodeErrorUsed"),
            Messages.of("verificationCodeErrorTooManyTries"),
            Messages.of("verificationCodeErrorExpired"),
            Messages.of("verificationCodeErrorBusy"));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Cluster cluster;
    private EmailCodeRealm realm;

    /** The two nodes. */
    abstract Cluster cluster();

    @BeforeAll
    void start() {
        cluster = cluster();
        realm = EmailCodeRealm.create(cluster.nodes().get(0), Map.of("sign-in-hour", "100", "sign-in-day", "100"));
    }

    @AfterAll
    void stop() {
        threads.shutdownNow();
        realm.close();
    }

    /** {@code -Pstress} runs a thousand rounds, or as many as {@code -Drace.rounds} says. */
    private static int rounds(int usual) {
        int wanted = Integer.getInteger("race.rounds", 0);
        return wanted > 0 ? wanted : usual;
    }

    @Test
    void oneOfSeveralRequestsWithTheSameCodeSignsIn() throws Exception {
        sameCodeAtOnce("winner", rounds(15), 0);
    }

    @Test
    void aRightCodeInFlightIsNotDestroyedByWrongOnes() throws Exception {
        sameCodeAtOnce("flight", rounds(5), 2);
    }

    private void sameCodeAtOnce(String name, int rounds, int wrongBefore) throws Exception {
        Map<String, Integer> losses = new TreeMap<>();
        TestUser user = realm.user(name).create();
        for (int round = 0; round < rounds; round++) {
            int ofUser = round % ROUNDS_OF_USER + 1;
            if (round > 0 && ofUser == 1) {
                user = realm.user(name + round).create();
            }
            List<LoginClient> tabs = tabs(user, TABS);
            String code = realm.awaitCode(user, ofUser);
            List<HttpRequest> requests = prepare(tabs, FORM, Map.of("emailCode", code));
            for (int wrong = 0; wrong < wrongBefore; wrong++) {
                enter(tabs.get(wrong), otherThan(code));
                requests.set(
                        wrong,
                        prepare(tabs.subList(wrong, wrong + 1), FORM, Map.of("emailCode", code))
                                .get(0));
            }
            run(tabs, requests);

            List<LoginClient> losers =
                    tabs.stream().filter(tab -> !tab.isSignedIn()).toList();
            assertThat(losers)
                    .as(
                            "round %d: %s",
                            round, tabs.stream().map(LoginClient::page).toList())
                    .hasSize(TABS - 1);
            assertThat(accepted(user)).as("round %d", round).isEqualTo(ofUser);
            losers.forEach(loser -> losses.merge(loss(loser), 1, Integer::sum));
        }
        System.out.printf(
                "%s: %s, %d rounds of %d requests: %s%n", getClass().getSimpleName(), name, rounds, TABS, losses);
        assertThat(losses.keySet()).isSubsetOf(LOSSES);
    }

    /** What a page says to someone who was not signed in; the page itself if that is none of what it may say. */
    private static String loss(LoginClient loser) {
        String text = loser.page().document().text();
        return LOSSES.stream().filter(text::contains).findFirst().orElseGet(() -> loser.page() + " " + text);
    }

    /** Each is sent twice at once, as by a double click: Keycloak allows a browser three hundred tabs. */
    @Test
    void ofManyWrongCodesAtOnceFiveAreComparedAndEachIsCountedOnce() throws Exception {
        int guesses = Integer.getInteger("race.rounds", 0) == 0 ? 60 : 500;
        try (EmailCodeRealm other = EmailCodeRealm.create(cluster.nodes().get(0), Map.of())) {
            TestUser user = other.user("guesser").create();
            List<LoginClient> tabs = tabs(other, user, guesses / 2);
            guess(other, tabs, other.awaitCode(user, 1), "");

            int compared = compared(other);
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
            List<LoginClient> tabs = tabs(other, user, 33);
            String code = other.awaitCode(user, 1);
            HttpRequest right = prepare(tabs, FORM, Map.of("emailCode", code)).get(0);
            guess(other, tabs, code, fault);
            if (fault.equals("commit")) {
                // while one is counted again, the others on its node are asked to try again
                int compared = compared(other);
                assertThat(compared)
                        .isBetween(
                                1, 5 + (undoesReservations() ? cluster.nodes().size() - 1 : 0));
                assertThat(guesses(user)).isEqualTo(compared + "/" + compared);
                return;
            }
            assertThat(compared(other) + " " + guesses(user)).isEqualTo("5 5/5");

            LoginClient next = again(tab(tabs.get(0), user));
            String newCode = other.awaitCode(user, 2);
            tabs = new ArrayList<>(List.of(next));
            while (tabs.size() < 32) {
                tabs.add(tab(next, user));
            }
            HttpRequest rightAgain =
                    prepare(tabs, FORM, Map.of("emailCode", newCode)).get(0);
            guess(other, tabs, newCode, fault);
            assertThat(compared(other) + " " + guesses(user)).isEqualTo("10 10/10");

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
        List<HttpRequest> wrong = prepare(tabs, FORM, Map.of("emailCode", otherThan(code)));
        fault(where, fault);
        List<LoginClient> clients = new ArrayList<>(tabs);
        tabs.forEach(tab -> clients.add(tab.newTab()));
        List<HttpRequest> requests = new ArrayList<>(wrong);
        requests.addAll(wrong);
        flood(clients, requests);
        fault(where, "");
    }

    /** Where no credential counts yet, five are compared for a challenge and ten in a day. */
    @ParameterizedTest
    @ValueSource(strings = {"", "rollback"})
    void whoSetsUpHasTenTriesADayWhateverBecomesOfTheRequests(String fault) throws Exception {
        try (EmailCodeRealm other = EmailCodeRealm.create(cluster.nodes().get(0), Map.of())) {
            TestUser user = other.realm().user("newcomer").create();
            LoginClient first = other.realm()
                    .session(LoginClient.connections(), cluster.nodes().get(0));
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
                    assertThat(compared(other)).isBetween(1, 5 + cluster.nodes().size() - 1);
                    return;
                }
                assertThat(compared(other)).isEqualTo(5 * challenge);
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
        List<LoginClient> tabs = new ArrayList<>();
        LoginClient first = browser(0);
        first.open();
        tabs.add(first);
        for (int i = 1; i < TABS; i++) {
            LoginClient tab = first.newTab();
            tab.open();
            tabs.add(tab);
        }
        run(tabs, prepare(tabs, "#kc-form-login", Map.of("username", user.username(), "password", user.password())));

        String code = realm.awaitCode(user, 1);
        assertThat(tabs).allSatisfy(tab -> tab.assertHas(FORM));
        enter(tabs.get(TABS - 1), code).assertSignedIn();
        TimeUnit.SECONDS.sleep(2);
        assertThat(realm.codes(user)).hasSize(1);
    }

    @Test
    void manyClicksOnSendAgainSendOneMessageMore() throws Exception {
        TestUser user = realm.user("again").create();
        List<LoginClient> tabs = tabs(user, TABS);
        String code = realm.awaitCode(user, 1);
        TimeUnit.SECONDS.sleep(31);
        run(tabs, prepare(tabs, AGAIN, Map.of("resend", "true")));

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
                LoginClient client = limited.realm()
                        .session(LoginClient.connections(), cluster.nodes().get(i % 2));
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
            flood(clients, requests);

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
        LoginClient client = browser(0);
        client.signIn(user);
        String code = realm.awaitCode(user, 1);
        client.send(to(cluster.nodes().get(1), client.prepare(FORM, Map.of("emailCode", code))));

        client.assertSignedIn();
    }

    private LoginClient browser(int node) {
        return realm.realm().session(LoginClient.connections(), cluster.nodes().get(node));
    }

    /** Tabs of one browser that all show the field, by turns from both nodes. */
    private List<LoginClient> tabs(TestUser user, int count) {
        return tabs(realm, user, count);
    }

    private List<LoginClient> tabs(EmailCodeRealm where, TestUser user, int count) {
        List<LoginClient> tabs = new ArrayList<>();
        LoginClient first =
                where.realm().session(LoginClient.connections(), cluster.nodes().get(0));
        first.open();
        tabs.add(first);
        for (int i = 1; i < count; i++) {
            LoginClient tab = first.newTab();
            tab.open();
            tabs.add(tab);
        }
        tabs.forEach(tab -> {
            tab.password(user);
            tab.assertHas(FORM);
        });
        return tabs;
    }

    private List<HttpRequest> prepare(List<LoginClient> tabs, String form, Map<String, String> fields) {
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < tabs.size(); i++) {
            requests.add(to(cluster.nodes().get(i % 2), tabs.get(i).prepare(form, fields)));
        }
        return requests;
    }

    /** All at the same moment. */
    private void run(List<LoginClient> clients, List<HttpRequest> requests) throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients.size());
        send(threads, clients, requests, start::await);
    }

    /** As fast as it goes over many connections. */
    private static void flood(List<LoginClient> clients, List<HttpRequest> requests) throws Exception {
        ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            send(connections, clients, requests, () -> 0);
        } finally {
            connections.shutdownNow();
        }
    }

    private static void send(
            ExecutorService threads, List<LoginClient> clients, List<HttpRequest> requests, Callable<Integer> start)
            throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            LoginClient client = clients.get(i);
            HttpRequest request = requests.get(i);
            work.add(() -> {
                start.call();
                client.send(request);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get(90, TimeUnit.SECONDS);
        }
    }

    /** How many wrong codes both nodes have compared in a realm, whether or not the requests were committed. */
    private int compared(EmailCodeRealm where) {
        return metrics(
                        "backup_codes_challenges_total{",
                        "realm=\"" + where.realm().name() + "\"",
                        "outcome=\"wrong_code\"")
                .sum();
    }

    /** What the nodes have measured. */
    IntStream metrics(String name, String... labels) {
        return cluster.nodes().stream()
                .flatMapToInt(node -> Unchecked.get(() -> LoginClient.connections()
                        .send(
                                HttpRequest.newBuilder(URI.create(node.managementUrl() + "/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body()
                        .lines()
                        .filter(line -> line.startsWith(name))
                        .filter(line -> Stream.of(labels).allMatch(line::contains))
                        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))));
    }

    static HttpRequest to(KeycloakServer node, HttpRequest request) {
        URI there = URI.create(node.baseUrl());
        URI uri = request.uri();
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .uri(URI.create(
                        there.getScheme() + "://" + there.getAuthority() + uri.getRawPath() + "?" + uri.getRawQuery()))
                .build();
    }

    private static int accepted(TestUser user) {
        return user.admin().credentialData(EmailCodeRealm.TYPE).path("accepted").size();
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
