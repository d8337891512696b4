package io.github.backupcodes.sms;

import static io.github.backupcodes.sms.SmsCodeRealm.ACTION;
import static io.github.backupcodes.sms.SmsCodeRealm.FORM;
import static io.github.backupcodes.sms.SmsCodeRealm.SEND_FORM;
import static io.github.backupcodes.sms.SmsCodeRealm.TYPE;
import static io.github.backupcodes.sms.SmsCodeRealm.enter;
import static io.github.backupcodes.sms.SmsCodeRealm.number;
import static io.github.backupcodes.sms.SmsCodeRealm.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.ResendSchedule;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.emailcode.VerificationCodeRace;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.realm.ClusterRequests;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.SingleUseObjects;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.Cluster;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Codes by text message on two nodes: what happens at once happens once. Messages are counted at the gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class SmsCodeRaceTests {

    private static final String COUNTRY = "DE";

    /** How many requests there are above a limit. */
    private static final int MORE = 50;

    /** More than a test needs, and no blocks. */
    private static final Map<String, String> SETUP_LIMITS =
            Map.of("per-address-hour", "100", "per-calling-code-day", "100", "realm-hour", "100", "realm-day", "100");

    private static final Map<String, String> RESEND = Map.of("resend", "true");

    private final AtomicInteger people = new AtomicInteger();
    private final Map<String, String> numbers = new ConcurrentHashMap<>();
    private Cluster cluster;
    private ClusterRequests nodes;
    private SmsCodeRealm realm;
    private Waiting atSignIn;
    private Waiting atSetup;

    /** The two nodes. */
    abstract Cluster cluster();

    /**
     * Tabs of a browser that wait until a code may be sent again.
     *
     * @param number where the first code was sent
     * @param since  when, at the latest
     */
    private record Waiting(List<LoginClient> tabs, String number, Instant since) {}

    /**
     * Someone at a browser.
     *
     * @param request asks for a code, to be sent later
     */
    private record Person(TestUser user, LoginClient client, HttpRequest request) {

        private boolean isLimited() {
            return client.page().document().text().contains(Messages.of("verificationCodeErrorLimit"));
        }

        @Override
        public String toString() {
            return client.page() + " " + client.page().text("#sms-code, #verification-code");
        }
    }

    @BeforeAll
    void start() {
        cluster = cluster();
        nodes = new ClusterRequests(cluster);
        realm = SmsCodeRealm.create(
                nodes.node(0),
                Map.of("sign-in-hour", "100", "sign-in-day", "100", "code-minutes", "10", "per-address-hour", "0"));
        // the last test sends again, which takes half a minute
        TestUser user = user("again");
        String number = numbers.get("again");
        List<LoginClient> tabs = nodes.tabs(realm.realm(), user, MORE / 2, FORM);
        realm.awaitCode(number, 1);
        atSignIn = new Waiting(tabs, number, Instant.now());
        String ofSetup = number();
        tabs = setupTabs(realm.realm().user("again-at-setup").create(), ofSetup, 4);
        realm.awaitCode(ofSetup, 1);
        atSetup = new Waiting(tabs, ofSetup, Instant.now());
    }

    @AfterAll
    void stop() {
        nodes.close();
        realm.close();
    }

    private TestUser user(String name) {
        return realm.user(name, numbers.computeIfAbsent(name, unused -> number()))
                .create();
    }

    /** Tabs of a browser in which a code was sent to a number. */
    private List<LoginClient> setupTabs(TestUser user, String number, int count) {
        List<LoginClient> tabs = new ArrayList<>();
        LoginClient first = openSetup(realm, user, 0);
        tabs.add(first);
        send(first, COUNTRY, number);
        while (tabs.size() < count) {
            LoginClient tab = first.newTab();
            tab.open(Map.of("kc_action", ACTION));
            tab.password(user);
            send(tab, COUNTRY, number);
            tabs.add(tab);
        }
        tabs.forEach(tab -> tab.assertHas(FORM));
        return tabs;
    }

    private LoginClient openSetup(SmsCodeRealm where, TestUser user, int node) {
        LoginClient client = nodes.browser(where.realm(), node);
        client.open(Map.of("kc_action", ACTION));
        client.password(user);
        return client;
    }

    @Test
    void oneOfSeveralRequestsWithTheSameCodeSignsIn() throws Exception {
        VerificationCodeRace race = new VerificationCodeRace(
                nodes,
                realm.realm(),
                TYPE,
                "smsCode",
                this::user,
                (user, count) -> realm.awaitCode(numbers.get(user.username()), count));

        race.run("winner", ClusterRequests.rounds(3), 0);
        race.run("flight", ClusterRequests.rounds(1), 2);
    }

    /** Four tabs of one browser, in each of which the button is clicked twice. */
    @Test
    void theSameCodeOfASetupSavesOnce() throws Exception {
        int rounds = ClusterRequests.rounds(2);
        for (int round = 0; round < rounds; round++) {
            TestUser user = realm.realm().user("newcomer" + round).create();
            String number = number();
            List<LoginClient> tabs = setupTabs(user, number, 4);
            String code = realm.awaitCode(number, 1);
            int accepted = nodes.compared(realm.realm(), "accepted");
            clickTwice(tabs, FORM, Map.of("smsCode", code));

            assertThat(user.admin().credentials(TYPE)).as("round %d", round).hasSize(1);
            assertThat(destination(user)).isEqualTo(number);
            assertThat(user.admin().events("UPDATE_CREDENTIAL")).hasSize(1);
            assertThat(nodes.compared(realm.realm(), "accepted")).isEqualTo(accepted + 1);
            assertThat(realm.messages(number)).hasSize(1);
        }
    }

    /** Sends a form of each page twice, once to each node, all at the same moment. Returns who has sent them. */
    private List<LoginClient> clickTwice(List<LoginClient> tabs, String form, Map<String, String> fields)
            throws Exception {
        List<LoginClient> clients = new ArrayList<>();
        List<HttpRequest> requests = new ArrayList<>();
        for (LoginClient tab : tabs) {
            HttpRequest request = tab.prepare(form, fields);
            clients.addAll(List.of(tab, tab.newTab()));
            requests.addAll(
                    List.of(ClusterRequests.to(nodes.node(0), request), ClusterRequests.to(nodes.node(1), request)));
        }
        nodes.race(clients, requests);
        return clients;
    }

    /** Neither sign-in has shown the number that the other one saves. */
    @Test
    void ofTwoFirstNumbersThatAreConfirmedAtOnceOneIsSaved() throws Exception {
        int rounds = ClusterRequests.rounds(3);
        for (int round = 0; round < rounds; round++) {
            TestUser user = realm.realm().user("undecided" + round).create();
            List<LoginClient> browsers = List.of(openSetup(realm, user, 0), openSetup(realm, user, 1));
            List<String> entered = confirmAtOnce(browsers);

            List<LoginClient> through =
                    browsers.stream().filter(LoginClient::isSignedIn).toList();
            assertThat(through)
                    .as(
                            "round %d: %s",
                            round, browsers.stream().map(LoginClient::page).toList())
                    .hasSize(1);
            assertThat(destination(user)).isEqualTo(entered.get(browsers.indexOf(through.get(0))));
            assertThat(user.admin().credentials(TYPE)).hasSize(1);
            assertThat(user.admin().events("UPDATE_CREDENTIAL")).hasSize(1);
            entered.forEach(number -> assertThat(realm.messages(number)).hasSize(1));
        }
    }

    /** Each number that another one replaces is notified once, and the one that remains never. */
    @Test
    void ofTwoNewNumbersThatAreConfirmedAtOnceOneRemains() throws Exception {
        int rounds = ClusterRequests.rounds(3);
        for (int round = 0; round < rounds; round++) {
            String name = "mover" + round;
            TestUser user = user(name);
            String old = numbers.get(name);
            List<LoginClient> browsers = List.of(openSetup(realm, user, 0), openSetup(realm, user, 1));
            // the second has waited for the first: its code comes once the first was entered
            for (int i = 0; i < browsers.size(); i++) {
                LoginClient browser = browsers.get(i);
                if (i > 0) {
                    EmailCodeRealm.again(browser);
                }
                enter(browser, realm.awaitCode(old, i + 1));
                browser.assertHas(SEND_FORM);
            }
            List<String> entered = confirmAtOnce(browsers);

            assertThat(user.admin().credentials(TYPE)).hasSize(1);
            String remaining = destination(user);
            assertThat(entered).contains(remaining);
            List<String> replaced = new ArrayList<>(entered);
            replaced.remove(remaining);
            int saved = user.admin().events("UPDATE_CREDENTIAL").size();
            assertThat(browsers.stream().filter(LoginClient::isSignedIn)).hasSize(saved);
            int notices = saved - 1;
            await("notices of round " + round)
                    .during(Duration.ofMillis(500))
                    .until(() -> notices(old) == 1 && notices(replaced.get(0)) == notices && notices(remaining) == 0);
            assertThat(realm.messages(old)).hasSize(3);
            entered.forEach(number -> assertThat(realm.messages(number).stream().filter(SmsGateway.Sms::hasCode))
                    .hasSize(1));
        }
    }

    /** Each browser has a code sent to a number of its own, and all enter theirs at once; returns the numbers. */
    private List<String> confirmAtOnce(List<LoginClient> browsers) throws Exception {
        List<String> entered = new ArrayList<>();
        List<HttpRequest> requests = new ArrayList<>();
        for (LoginClient browser : browsers) {
            String number = number();
            entered.add(number);
            send(browser, COUNTRY, number);
            String code = realm.awaitCode(number, 1);
            requests.add(browser.prepare(FORM, Map.of("smsCode", code)));
        }
        nodes.race(browsers, requests);
        return entered;
    }

    private long notices(String number) {
        return realm.messages(number).stream()
                .filter(message -> !message.hasCode())
                .count();
    }

    /** The number in the one row of a user, whose label must be of the same number. */
    private String destination(TestUser user) throws SQLException {
        try (Connection connection = cluster.postgres().connect(cluster.database());
                PreparedStatement statement = connection.prepareStatement(
                        "select secret_data::json ->> 'destination', user_label from credential where user_id = ? and type = ?")) {
            statement.setString(1, user.id());
            statement.setString(2, TYPE);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                String number = row.getString(1);
                // that of a credential that a test has imported is empty
                assertThat(String.valueOf(row.getString(2)))
                        .matches("null|.*" + number.substring(number.length() - 2) + "\u2069?");
                assertThat(row.next()).isFalse();
                return number;
            }
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void manyClicksOnSendAgainSendOneMessageMore() throws Exception {
        Instant due = atSetup.since().plus(ResendSchedule.SHORTEST_GAP).plusSeconds(1);
        await("time to send again").atMost(Duration.ofMinutes(1)).until(() -> Instant.now()
                .isAfter(due));
        for (Waiting waiting : List.of(atSignIn, atSetup)) {
            clickTwice(waiting.tabs(), EmailCodeRealm.AGAIN, RESEND);

            String code = realm.awaitCode(waiting.number(), 2);
            assertThat(code).isEqualTo(realm.messages(waiting.number()).get(0).code());
            await("one message more")
                    .during(Duration.ofSeconds(1))
                    .until(() -> realm.messages(waiting.number()).size() == 2);
            // the other click was answered by another page of the same tab
            LoginClient tab = EmailCodeRealm.reload(waiting.tabs().get(0));
            enter(tab, code).assertSignedIn();
        }
    }

    /**
     * Fifty requests more than each limit allows. The limits of an address, a calling code and the realm count what was sent for those
     * before. After an hour the limit of a day is reached.
     */
    @Test
    void theLimitsOfASetupAreExactOnTwoNodes() throws Exception {
        try (SmsCodeRealm limited = SmsCodeRealm.create(nodes.node(0), SETUP_LIMITS)) {
            configure(limited, setupLimits(Map.of("per-number-hour", "5", "per-number-day", "8")));
            SingleUseObjects objects = new SingleUseObjects(limited.realm(), TYPE);
            String shared = number();
            List<Person> asking = settingUp(limited, 5 + MORE, () -> shared);
            assertSent(limited, asking, 5, 0);
            objects.endHour(ChallengePurpose.SET_UP, "destination", shared, 5);
            assertSent(limited, askAgain(asking), 3, 5);

            configure(limited, setupLimits(Map.of("per-address-hour", "13")));
            assertSent(limited, changeNumber(asking), 5, 8);
            configure(limited, setupLimits(Map.of("per-calling-code-day", "18")));
            assertSent(limited, changeNumber(asking), 5, 13);
            configure(limited, setupLimits(Map.of("realm-hour", "23", "realm-day", "26")));
            assertSent(limited, changeNumber(asking), 5, 18);
            objects.endHour(ChallengePurpose.SET_UP, "realm", "", 23);
            assertSent(limited, askAgain(asking), 3, 23);
        }
    }

    private static Map<String, String> setupLimits(Map<String, String> changes) {
        Map<String, String> limits = new LinkedHashMap<>(SETUP_LIMITS);
        limits.putAll(changes);
        return limits;
    }

    /** Changes settings, and waits until both nodes use them. */
    private void configure(SmsCodeRealm where, Map<String, String> settings) {
        where.configure(settings);
        RealmAdmin atOther = new RealmAdmin(nodes.node(1).admin(), where.realm().name());
        await("settings on the other node")
                .until(() -> settings.entrySet().stream().allMatch(setting -> atOther.requiredActionConfig(ACTION)
                        .path(setting.getKey())
                        .asText()
                        .equals(setting.getValue())));
    }

    @Test
    void theLimitsOfARealmAreExactAtSignIns() throws Exception {
        Map<String, String> settings = Map.of("sign-in-realm-hour", "5", "sign-in-realm-day", "8");
        try (SmsCodeRealm limited = SmsCodeRealm.create(nodes.node(0), settings)) {
            List<Person> asking = signingIn(limited, 5 + MORE);
            assertSent(limited, asking, 5, 0);
            new SingleUseObjects(limited.realm(), TYPE).endHour(ChallengePurpose.SIGN_IN, "realm", "", 5);
            List<TestUser> refused =
                    asking.stream().filter(Person::isLimited).map(Person::user).toList();
            assertSent(limited, people(refused.size(), i -> signIn(limited, refused.get(i), i)), 3, 5);
        }
    }

    /** Each of several browsers asks for a code of one user, whose messages need not wait for each other here. */
    @Test
    void theLimitOfACredentialIsExactOnTwoNodes() throws Exception {
        int ofHour = 5;
        int ofDay = 8;
        int atOnce = 5;
        Map<String, String> settings =
                Map.of("sign-in-hour", String.valueOf(ofHour), "sign-in-day", String.valueOf(ofDay));
        try (SmsCodeRealm limited = SmsCodeRealm.create(nodes.node(0), settings)) {
            TestUser user = limited.user("popular", number()).create();
            SingleUseObjects objects = new SingleUseObjects(limited.realm(), TYPE);
            int rounds = (ofHour + MORE) / atOnce;
            int roundsOfHour = ofHour + 2;
            for (int round = 1; round <= rounds; round++) {
                objects.endGap(user);
                ask(people(atOnce, node -> signIn(limited, user, node)));
                int expected = round <= roundsOfHour
                        ? Math.min(round, ofHour)
                        : Math.min(ofHour + round - roundsOfHour, ofDay);
                // its gap is given back if it is not sent
                await("message of round " + round)
                        .until(() -> limited.gateway().messages().size() >= expected);
                assertThat(limited.gateway().messages()).as("round %d", round).hasSize(expected);
                if (round == roundsOfHour) {
                    objects.endHour(ChallengePurpose.SIGN_IN, "user", user.id(), ofHour);
                }
            }
            assertThat(limited.awaitMessages(ofDay)).isEqualTo(ofDay);
        }
    }

    /** Above a hundred a place stands for two messages, and each node may keep the rest of one. */
    @Test
    void aLargeLimitIsReachedByBlocks() throws Exception {
        int limit = 102;
        try (SmsCodeRealm limited =
                SmsCodeRealm.create(nodes.node(0), Map.of("sign-in-realm-hour", String.valueOf(limit)))) {
            List<Person> asking = signingIn(limited, limit + MORE);
            ask(asking);

            int sent =
                    (int) asking.stream().filter(person -> !person.isLimited()).count();
            assertThat(sent).isBetween(limit - cluster.nodes().size(), limit);
            assertThat(limited.awaitMessages(sent)).isEqualTo(sent);
        }
    }

    /** Someone floods the set-up with the number of another user, others use up what an address and a country may set up. */
    @Test
    void whoSetsUpNeverUsesUpTheSignInsOfOthers() throws Exception {
        Map<String, String> settings = Map.of(
                "per-number-hour", "2", "per-number-day", "2", "per-address-hour", "4", "per-calling-code-day", "4");
        try (SmsCodeRealm shared = SmsCodeRealm.create(nodes.node(0), settings)) {
            String ofOwner = number();
            TestUser owner = shared.user("owner", ofOwner).create();
            assertSent(shared, settingUp(shared, 8, () -> ofOwner), 2, 0);
            assertSent(shared, settingUp(shared, 8, SmsCodeRealm::number), 2, 2);

            int office = 25;
            List<Person> asking = signingIn(shared, office);
            asking.add(signIn(shared, owner, 0));
            assertSent(shared, asking, office + 1, 4);
            enter(asking.get(office).client(), shared.awaitCode(ofOwner, 3)).assertSignedIn();
        }
    }

    /**
     * What a gateway certainly has not sent costs no place: nothing listens, or it is too busy. What it refuses, and what it may have sent,
     * does.
     */
    @Test
    void aMessageThatWasCertainlyNotSentCostsNoPlace() throws Exception {
        Map<String, String> settings = Map.of("sign-in-realm-hour", "6");
        try (SmsCodeRealm failing = SmsCodeRealm.create(nodes.node(0), settings)) {
            List<Person> asking = signingIn(failing, 17);
            configure(failing, Map.of("sign-in-realm-hour", "6", "http-url", "http://127.0.0.1:1/"));
            fail(failing, asking.subList(0, 6), 6);
            configure(failing, failing.gateway().settings());
            configure(failing, settings);
            failing.gateway().answer(503);
            fail(failing, asking.subList(6, 9), 9);
            failing.gateway().answer(400);
            fail(failing, asking.subList(9, 11), 11);
            failing.gateway().answer(500);
            fail(failing, asking.subList(11, 13), 13);
            int before = failing.gateway().messages().size();
            failing.gateway().answer(200);

            assertSent(failing, asking.subList(13, 17), 2, before);
        }
    }

    /** Waits until it is known of each message that it was not sent. */
    private void fail(SmsCodeRealm where, List<Person> asking, int inAll) throws Exception {
        ask(asking);
        await("an outcome of each message")
                .until(() -> nodes.metrics(
                                        "backup_codes_messages_total{",
                                        "realm=\"" + where.realm().name() + "\"")
                                .sum()
                        == inAll);
    }

    /** Requests that are rolled back once they have taken their places. */
    @Test
    void aRequestThatFailsCostsNoPlace() throws Exception {
        int limit = 3;
        try (SmsCodeRealm failing = SmsCodeRealm.create(nodes.node(0), Map.of("realm-hour", String.valueOf(limit)))) {
            List<Person> asking = settingUp(failing, 2 * limit, SmsCodeRealm::number);
            failing.realm().admin().update(Map.of("attributes", Map.of("test-fault", "rollback")));
            ask(asking);
            failing.realm().admin().update(Map.of("attributes", Map.of("test-fault", "")));
            assertThat(failing.gateway().messages()).isEmpty();

            assertSent(failing, settingUp(failing, 2 * limit, SmsCodeRealm::number), limit, 0);
        }
    }

    /** All ask at once; the gateway gets this many messages beside those that it had before, and the others read that a limit is reached. */
    private void assertSent(SmsCodeRealm where, List<Person> asking, int messages, int before) throws Exception {
        ask(asking);
        assertThat(asking).noneMatch(person -> person.client().isSignedIn());
        assertThat(asking.stream().filter(person -> !person.isLimited())).hasSize(messages);
        assertThat(where.awaitMessages(before + messages)).isEqualTo(before + messages);
    }

    private void ask(List<Person> asking) throws Exception {
        nodes.flood(
                asking.stream().map(Person::client).toList(),
                asking.stream().map(Person::request).toList());
    }

    /** Those whom a limit has refused a message of a set-up ask once more. */
    private static List<Person> askAgain(List<Person> people) {
        return people.stream()
                .filter(Person::isLimited)
                .map(person -> new Person(
                        person.user(),
                        person.client(),
                        person.client()
                                .prepareRaw(person.client().action("form[action*=login-actions]"), "resend=true")))
                .toList();
    }

    /** All go back to the page of the set-up and enter another number. */
    private List<Person> changeNumber(List<Person> people) throws Exception {
        return people(people.size(), i -> {
            LoginClient client = people.get(i).client();
            client.submit("form:has(#changeNumber)", Map.of("change", "true"));
            return new Person(people.get(i).user(), client, entering(client, number()));
        });
    }

    private static HttpRequest entering(LoginClient client, String number) {
        return client.prepare(SEND_FORM, Map.of("country", COUNTRY, "number", number, "send", "true"));
    }

    /** Users who have a number, before they enter the password. */
    private List<Person> signingIn(SmsCodeRealm where, int count) throws Exception {
        return people(
                count,
                node -> signIn(
                        where,
                        where.user("person" + people.incrementAndGet(), number())
                                .create(),
                        node));
    }

    private Person signIn(SmsCodeRealm where, TestUser user, int node) {
        LoginClient client = nodes.browser(where.realm(), node);
        client.open();
        return new Person(
                user,
                client,
                client.prepare(
                        Selectors.PASSWORD_FORM, Map.of("username", user.username(), "password", user.password())));
    }

    /** Users without a number, who have entered one. */
    private List<Person> settingUp(SmsCodeRealm where, int count, Supplier<String> number) throws Exception {
        return people(count, node -> {
            TestUser user =
                    where.realm().user("person" + people.incrementAndGet()).create();
            LoginClient client = openSetup(where, user, node);
            return new Person(user, client, entering(client, number.get()));
        });
    }

    private List<Person> people(int count, IntFunction<Person> person) throws Exception {
        List<Callable<Person>> work = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int node = i;
            work.add(() -> person.apply(node));
        }
        return new ArrayList<>(nodes.all(work));
    }
}
