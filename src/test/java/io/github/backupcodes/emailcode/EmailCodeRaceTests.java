package io.github.backupcodes.emailcode;

import static io.github.backupcodes.emailcode.EmailCodeRealm.AGAIN;
import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static io.github.backupcodes.emailcode.EmailCodeRealm.enter;
import static io.github.backupcodes.emailcode.EmailCodeRealm.otherThan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Codes by e-mail on two nodes: what happens at once happens once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmailCodeRaceTests {

    private static final int ROUNDS = 15;
    private static final int TABS = 8;

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

    @Test
    void oneOfSeveralRequestsWithTheSameCodeSignsIn() throws Exception {
        TestUser user = realm.user("winner").create();
        for (int round = 1; round <= ROUNDS; round++) {
            List<LoginClient> tabs = tabs(user, 4);
            String code = realm.awaitCode(user, round);
            List<HttpRequest> requests = prepare(tabs, FORM, Map.of("emailCode", code));
            run(tabs, requests);

            assertThat(tabs.stream().filter(LoginClient::isSignedIn))
                    .as(
                            "round %d: %s",
                            round, tabs.stream().map(LoginClient::page).toList())
                    .hasSize(1);
            assertThat(accepted(user)).isEqualTo(round);
        }
    }

    @Test
    void ofManyWrongCodesAtOnceFiveAreComparedAndEachIsCountedOnce() throws Exception {
        TestUser user = realm.user("guesser").create();
        List<LoginClient> tabs = tabs(user, 16);
        String code = realm.awaitCode(user, 1);
        run(tabs, prepare(tabs, FORM, Map.of("emailCode", otherThan(code))));

        JsonNode guesses = user.admin().credentialData(EmailCodeRealm.TYPE).path("guesses");
        assertThat(guesses.path("inARow").asInt()).isEqualTo(5);
        assertThat(guesses.path("inAll").asInt()).isEqualTo(5);
        assertThat(tabs).noneMatch(LoginClient::isSignedIn);
    }

    @Test
    void aRightCodeInFlightIsNotDestroyedByWrongOnes() throws Exception {
        TestUser user = realm.user("flight").create();
        List<LoginClient> tabs = tabs(user, TABS);
        String code = realm.awaitCode(user, 1);
        for (int wrong = 0; wrong < 2; wrong++) {
            enter(tabs.get(0), otherThan(code));
        }
        run(tabs, prepare(tabs, FORM, Map.of("emailCode", code)));

        assertThat(tabs.stream().filter(LoginClient::isSignedIn)).hasSize(1);
        assertThat(accepted(user)).isEqualTo(1);
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

    @Test
    void aLimitIsExactOnTwoNodes() throws Exception {
        int limit = 7;
        int people = 16;
        try (EmailCodeRealm limited =
                EmailCodeRealm.create(cluster.nodes().get(0), Map.of("sign-in-realm-hour", String.valueOf(limit)))) {
            List<LoginClient> clients = new ArrayList<>();
            List<TestUser> users = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                users.add(limited.user("person" + i).create());
                LoginClient client = limited.realm()
                        .session(LoginClient.connections(), cluster.nodes().get(i % 2));
                client.open();
                clients.add(client);
            }
            List<HttpRequest> requests = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                requests.add(clients.get(i)
                        .prepare(
                                "#kc-form-login",
                                Map.of(
                                        "username", users.get(i).username(),
                                        "password", users.get(i).password())));
            }
            run(clients, requests);

            assertThat(clients.stream().filter(client -> client.page().has(FORM)))
                    .hasSize(limit);
            assertThat(clients).noneMatch(LoginClient::isSignedIn);
            org.awaitility.Awaitility.await()
                    .until(() -> users.stream()
                                    .mapToInt(user -> limited.codes(user).size())
                                    .sum()
                            >= limit);
            assertThat(users.stream()
                            .mapToInt(user -> limited.codes(user).size())
                            .sum())
                    .isEqualTo(limit);
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
        List<LoginClient> tabs = new ArrayList<>();
        LoginClient first = browser(0);
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

    private void run(List<LoginClient> clients, List<HttpRequest> requests) throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients.size());
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            LoginClient client = clients.get(i);
            HttpRequest request = requests.get(i);
            work.add(() -> {
                start.await();
                client.send(request);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get(90, TimeUnit.SECONDS);
        }
    }

    private static HttpRequest to(KeycloakServer node, HttpRequest request) {
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
}
