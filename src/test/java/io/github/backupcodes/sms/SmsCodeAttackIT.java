package io.github.backupcodes.sms;

import static io.github.backupcodes.sms.SmsCodeRealm.ACTION;
import static io.github.backupcodes.sms.SmsCodeRealm.FORM;
import static io.github.backupcodes.sms.SmsCodeRealm.SEND_FORM;
import static io.github.backupcodes.sms.SmsCodeRealm.TYPE;
import static io.github.backupcodes.sms.SmsCodeRealm.enter;
import static io.github.backupcodes.sms.SmsCodeRealm.number;
import static io.github.backupcodes.sms.SmsCodeRealm.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestSmsCode;
import io.github.backupcodes.support.realm.TestUser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Attacks on codes by text message: on the operator's money, on accounts, on owners, and on what must not be seen. */
class SmsCodeAttackIT {

    private static final HttpClient HTTP = LoginClient.connections();
    /** Less than the time after which a gateway that does not answer is left. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final Duration LATE = Duration.ofMillis(400);

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static SmsCodeRealm realm;
    private static long mark;

    @BeforeAll
    static void start() {
        realm = SmsCodeRealm.create(Map.of());
        mark = realm.realm().server().log().mark();
    }

    /** Whatever was attacked: at TRACE of this extension, and with the access log. */
    @AfterAll
    static void stop() {
        String log = realm.realm().server().log().since(mark);
        assertThat(realm.gateway().messages()).isNotEmpty();
        for (SmsGateway.Sms message : realm.gateway().messages()) {
            assertThat(log).doesNotContain(message.to().substring(3), "is your code");
        }
        realm.close();
    }

    // Cost

    @Test
    void aNumberHasItsLimitsHoweverItIsWritten() {
        String number = number();
        List<String> writings = writings(number);
        LoginClient client = realm.openSetup(realm.realm().user("writer").create());
        for (String written : writings) {
            EmailCodeRealm.reload(client);
            client.send(client.prepareRaw(
                    client.action("form[action*=login-actions]"),
                    "send=true&country=DE&number=" + URLEncoder.encode(written, StandardCharsets.UTF_8)));
            assertThat(client.page().has(FORM)).as(written).isTrue();
        }
        realm.awaitCode(number, 1);
        assertStays(number, 1);
    }

    @Test
    void manyAccountsAtOnceStayWithinTheLimitOfANumber() {
        String number = number();
        List<String> writings = writings(number);
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            requests.add(sendRequest(
                    realm.openSetup(realm.realm().user("pumper-" + i).create()), writings.get(i)));
        }
        assertThat(statuses(requests)).containsOnly(200);
        realm.awaitCode(number, 2);
        assertStays(number, 2);
    }

    @Test
    void handMadeRequestsSendNothing() {
        String number = number();
        LoginClient client = realm.openSetup(realm.realm().user("hand-made").create());
        String form = "send=true&country=DE&number=0" + number.substring(3);
        client.get(URI.create(client.action(SEND_FORM) + "&" + form));
        client.assertHas(SEND_FORM);
        String json = "{\"country\":\"DE\",\"number\":\"" + number + "\",\"send\":\"true\"}";
        for (String type : List.of("application/json", "text/plain", "multipart/form-data; boundary=x")) {
            statuses(List.of(client.request(client.action(SEND_FORM))
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(type.endsWith("json") ? json : form))
                    .build()));
            EmailCodeRealm.reload(client);
            client.assertHas(SEND_FORM);
        }
        LoginClient stranger = realm.realm().newBrowser();
        assertThat(stranger.send(stranger.prepareRaw(client.action(SEND_FORM), form))
                        .has(FORM))
                .as("without the cookie of the browser")
                .isFalse();
        for (int i = 0; i < 3; i++) {
            client.open(Map.of("kc_action", ACTION));
        }
        assertStays(number, 0);
    }

    @Test
    void sendingAgainAndGoingBackAndForthCostsNoMessages() {
        String first = number();
        String second = number();
        LoginClient client = realm.openSetup(realm.realm().user("impatient").create());
        send(client, "DE", first);
        realm.awaitCode(first, 1);
        URI action = client.action(FORM);
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            requests.add(client.prepareRaw(action, "resend=true"));
            requests.add(client.prepareRaw(action, "send=true&country=DE&number=0" + first.substring(3)));
        }
        statuses(requests);
        for (int i = 0; i < 4; i++) {
            EmailCodeRealm.reload(client);
            client.send(client.prepareRaw(
                    client.action("form[action*=login-actions]"),
                    "send=true&country=DE&number=0" + (i % 2 == 0 ? second : first).substring(3)));
        }
        realm.awaitCode(second, 1);
        assertStays(first, 1);
        assertStays(second, 1);
    }

    @Test
    void addressesThatTheBrowserInventsAreOneNetwork() {
        try (SmsCodeRealm limited = SmsCodeRealm.create(Map.of("per-address-hour", "1"))) {
            // Keycloak lets no other address in by plain HTTP
            limited.realm().admin().update(Map.of("sslRequired", "none"));
            for (List<String> network : List.of(
                    List.of("nonsense", "\"; drop", "999.1.1.1", "_hidden"),
                    List.of("203.0.113.7", "::ffff:203.0.113.7", "[::ffff:cb00:7107]"),
                    List.of("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:0DB8:1:2::1"))) {
                List<String> numbers = new ArrayList<>();
                for (String address : network) {
                    LoginClient client = limited.openSetup(limited.realm()
                            .user("net-" + NAMES.incrementAndGet())
                            .create());
                    numbers.add(number());
                    client.send(HttpRequest.newBuilder(
                                    sendRequest(client, numbers.get(numbers.size() - 1)), (name, value) -> true)
                            .header("X-Forwarded-For", address)
                            .build());
                    if (numbers.size() == 1) {
                        assertThat(client.page().text("#sms-code"))
                                .as(address)
                                .doesNotContain(Messages.of("verificationCodeErrorLimit"));
                    }
                }
                limited.awaitCode(numbers.get(0), 1);
                for (String number : numbers.subList(1, numbers.size())) {
                    assertThat(limited.messages(number)).as("%s", network).isEmpty();
                }
            }
        }
    }

    @Test
    void usedUpCodesAndManyBrowsersStayWithinTheLimitOfTheUser() {
        String number = number();
        TestUser user = realm.realm()
                .user("burner")
                .credential(TestSmsCode.to(number).credential())
                .create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(number, 1);
        for (int i = 0; i < 5; i++) {
            enter(client, EmailCodeRealm.otherThan(code));
        }
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            requests.add(client.prepareRaw(client.action("form[action*=login-actions]"), "resend=true"));
        }
        statuses(requests);
        realm.awaitCode(number, 2);
        for (int i = 0; i < 3; i++) {
            LoginClient other = realm.realm().signIn(user);
            other.send(other.prepareRaw(other.action("form[action*=login-actions]"), "resend=true"));
        }
        assertStays(number, 2);
    }

    @Test
    void theNoticeDoesNotGoToACountryThatIsNoLongerAllowed() {
        try (SmsCodeRealm other = SmsCodeRealm.create(Map.of())) {
            String british = "+447911123456";
            String german = number();
            TestCodeSet codes = TestCodeSet.of(10);
            TestUser user = other.user("emigrant", british).codes(codes).create();
            other.configure(Map.of("countries", "DE"));
            LoginClient client = other.realm().newBrowser();
            client.open(Map.of("kc_action", ACTION));
            client.password(user);
            client.submit("form:has(#useBackupCode)", Map.of());
            client.backupCode(codes.code(0));
            client.assertHas(SEND_FORM);
            send(client, "DE", german);
            enter(client, other.awaitCode(german, 1));
            other.mails()
                    .await(
                            mail -> mail.to().startsWith("emigrant@")
                                    && mail.subject().equals(Messages.of("smsCodeMailChangedSubject")),
                            "the notice by mail");
            Awaitility.await().during(LATE).until(() -> other.messages(british).isEmpty());
        }
    }

    // Account

    @Test
    void aCodeWorksForItsNumberItsPurposeItsUserAndOnce() {
        String one = number();
        String two = number();
        TestUser user = realm.realm().user("two-tabs").create();
        LoginClient first = realm.openSetup(user);
        LoginClient tab = first.newTab();
        tab.open(Map.of("kc_action", ACTION));
        if (!tab.page().has(SEND_FORM)) {
            tab.password(user);
        }
        send(first, "DE", one);
        String codeOfOne = realm.awaitCode(one, 1);
        send(tab, "DE", two);
        String codeOfTwo = realm.awaitCode(two, 1);
        if (!codeOfOne.equals(codeOfTwo)) {
            enter(tab, codeOfOne).assertNotSignedIn();
        }
        assertThat(user.admin().credentials(TYPE)).isEmpty();
        enter(tab, codeOfTwo).assertSignedIn();
        assertThat(user.admin().credentials(TYPE)).hasSize(1);
        assertThat(user.admin().credentials(TYPE).get(0).path("userLabel").asText())
                .contains(" " + two.substring(two.length() - 2));

        LoginClient signIn = realm.open(user);
        String code = realm.awaitCode(two, 2);
        for (String wrong : List.of(codeOfOne, codeOfTwo)) {
            if (!wrong.equals(code)) {
                enter(signIn, wrong).assertNotSignedIn();
            }
        }
        String other = number();
        LoginClient stranger = realm.open(realm.user("stranger", other).create());
        if (!realm.awaitCode(other, 1).equals(code)) {
            enter(stranger, code).assertNotSignedIn();
        }
        enter(signIn, code).assertSignedIn();
        LoginClient again = realm.open(user);
        if (!realm.awaitCode(two, 3).equals(code)) {
            enter(again, code).assertNotSignedIn();
        }
    }

    @Test
    void aCodeForTheOldNumberDiesWithIt() {
        String old = number();
        TestCodeSet codes = TestCodeSet.of(10);
        TestUser user = realm.user("changed", old).codes(codes).create();
        LoginClient thief = realm.open(user);
        String stolen = realm.awaitCode(old, 1);

        String fresh = number();
        LoginClient owner = realm.realm().newBrowser();
        owner.open(Map.of("kc_action", ACTION));
        owner.password(user);
        owner.submit("form:has(#useBackupCode)", Map.of());
        owner.backupCode(codes.code(0));
        send(owner, "DE", fresh);
        enter(owner, realm.awaitCode(fresh, 1));
        Awaitility.await().until(() -> realm.messages(old).size() == 2);

        enter(thief, stolen).assertNotSignedIn();
        thief.send(thief.prepareRaw(thief.action("form[action*=login-actions]"), "resend=true"));
        assertStays(old, 2);
    }

    @Test
    void whateverIsWrongWithTheCredentialOrTheActionThePasswordAloneIsNotEnough() {
        try (SmsCodeRealm broken = SmsCodeRealm.create(Map.of())) {
            Map<String, String[]> rows = new LinkedHashMap<>();
            rows.put("empty", new String[] {"{}", "{}"});
            rows.put("no-json", new String[] {"nonsense", "nonsense"});
            rows.put("list", new String[] {"[]", "[]"});
            rows.put("later", new String[] {"{\"version\":2}", "{\"version\":2,\"destination\":\"+49\"}"});
            rows.put("no-number", new String[] {"{\"version\":1,\"accepted\":[]}", "{\"version\":1}"});
            rows.put(
                    "odd-number",
                    new String[] {"{\"version\":1,\"accepted\":[]}", "{\"version\":1,\"destination\":\"x' or '1\"}"});
            rows.put("null-accepted", new String[] {
                "{\"version\":1,\"accepted\":[null]}", "{\"version\":1,\"destination\":\"" + number() + "\"}"
            });
            rows.forEach((name, data) -> {
                TestUser user = broken.realm()
                        .user(name)
                        .credential(Map.of("type", TYPE, "credentialData", data[0], "secretData", data[1]))
                        .create();
                LoginClient client = broken.realm().signIn(user);
                client.assertNotSignedIn();
                assertThat(client.page().status()).as(name).isEqualTo(200);
                assertThat(client.page().text("#verification-code")).as(name).isNotEmpty();
            });
            TestUser whole = broken.user("whole", number()).create();
            broken.realm().admin().updateRequiredAction(ACTION, Map.of("enabled", false));
            broken.realm().signIn(whole).assertNotSignedIn();
            broken.realm().admin().delete("/authentication/required-actions/" + ACTION);
            broken.realm().signIn(whole).assertNotSignedIn();
            assertThat(broken.gateway().messages().stream().map(SmsGateway.Sms::to))
                    .allMatch(to -> to.startsWith("+49151"));
        }
    }

    @Test
    void noOtherDoorIsOpenAfterSetup() {
        try (SmsCodeRealm ready = SmsCodeRealm.create(Map.of())) {
            ready.realm().admin().postForAnswer("/backup-codes/setup", Map.of("smsCode", true));
            ready.configure(Map.of());
            String number = number();
            TestUser user = ready.user("doors", number).create();
            HttpResponse<String> grant = ready.realm().directGrant(user, Map.of());
            assertThat(Json.read(grant.body())).isEqualTo(Json.read("""
                    {"error": "invalid_grant", "error_description": "Invalid user credentials"}"""));
            assertThat(ready.realm()
                            .directGrant(user, Map.of("otp", "123456", "totp", "123456", "smsCode", "123456"))
                            .body())
                    .isEqualTo(grant.body());
            assertThat(ready.messages(number)).isEmpty();

            ready.realm().admin().update(Map.of("resetPasswordAllowed", true));
            LoginClient client = ready.realm().newBrowser();
            client.get(
                    URI.create(ready.realm().url() + "/login-actions/reset-credentials?client_id=" + TestRealm.CLIENT));
            client.submit("#kc-reset-password-form", Map.of("username", user.username()));
            client.get(ready.mails().newestLink("doors@example.org"));
            client.assertNotSignedIn();
            assertThat(client.page().has("#password-new"))
                    .as("%s", client.page())
                    .isFalse();
            client.assertHas(FORM);
        }
    }

    @Test
    void theNumberCannotBeChangedByLessThanTheBestFactor() {
        String number = number();
        TestUser user = realm.user("strong", number).otp().create();
        String execution = realm.realm().admin().execution(TestRealm.FLOW, SmsCodeRealm.AUTHENTICATOR);
        LoginClient client = realm.realm().newBrowser();
        client.open(Map.of("kc_action", ACTION));
        client.password(user);
        client.choose(execution);
        assertThat(realm.messages(number))
                .as("the app is asked for; what is not offered cannot be chosen by hand")
                .isEmpty();
        assertThat(client.page().has(FORM)).isFalse();

        String mine = number();
        TestUser weak = realm.realm().user("weak-begin").create();
        LoginClient begun = realm.openSetup(weak);
        send(begun, "DE", mine);
        String code = realm.awaitCode(mine, 1);
        realm.realm().setUpApp(weak);
        String another = number();
        begun.send(begun.prepareRaw(begun.action(FORM), "send=true&country=DE&number=0" + another.substring(3)));
        if (begun.page().has("form[action*=login-actions]")) {
            begun.send(begun.prepareRaw(begun.action("form[action*=login-actions]"), "smsCode=" + code));
        }
        assertThat(weak.admin().credentials(TYPE)).isEmpty();
        assertThat(realm.messages(another)).isEmpty();
    }

    @Test
    void theNumberThatIsToBeConfirmedIsTheOnlyOneAndThePasswordRemovesNothing() {
        Instant longAgo = Instant.now().minus(Duration.ofDays(400));
        String number = number();
        String other = number();
        TestUser user = realm.realm()
                .user("unused")
                .otp()
                .credential(TestSmsCode.to(number).setUpAt(longAgo).credential())
                .create();
        LoginClient client = realm.realm().signInWithApp(user);
        client.submit("#sms-code-confirm-form", Map.of("send", "true", "country", "DE", "number", other));
        realm.awaitCode(number, 1);
        client.send(client.prepareRaw(
                client.action("form[action*=login-actions]"), "change=true&send=true&country=DE&number=" + other));
        assertThat(realm.messages(other)).isEmpty();
        assertThat(realm.messages(number)).hasSize(1);

        TestUser careless = realm.realm()
                .user("careless")
                .credential(TestSmsCode.to(number()).setUpAt(longAgo).credential())
                .requiredAction(ACTION)
                .create();
        askForPasswordAlone();
        try {
            LoginClient thief = realm.realm().signIn(careless);
            if (thief.page().has("form[action*=login-actions]")) {
                thief.send(thief.prepareRaw(thief.action("form[action*=login-actions]"), "remove=true"));
            }
            assertThat(thief.page().has(SEND_FORM)).isFalse();
            assertThat(careless.admin().credentials(TYPE)).hasSize(1);
        } finally {
            realm.realm().admin().bindBrowserFlow(TestRealm.CLIENT, TestRealm.FLOW);
        }
    }

    // Owner

    @Test
    void aStrangerWithTheNumberDoesNotKeepItsOwnerOut() {
        String number = number();
        TestUser owner = realm.user("owner", number).create();
        for (String name : List.of("enemy-1", "enemy-2", "enemy-3")) {
            LoginClient enemy = realm.openSetup(realm.realm().user(name).create());
            send(enemy, "DE", number);
            for (int i = 0; i < 6; i++) {
                enemy.send(enemy.prepareRaw(enemy.action("form[action*=login-actions]"), "smsCode=%06d".formatted(i)));
            }
        }
        assertThat(owner.admin().credentialData(TYPE).path("guesses").isMissingNode())
                .isTrue();
        LoginClient client = realm.open(owner);
        enter(client, realm.awaitCode(number, 3)).assertSignedIn();
    }

    // Leak

    @Test
    void theWholeNumberIsNowhereElse() {
        String number = number();
        String secret = number.substring(3);
        TestUser user = realm.user("private", number).create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(number, 1);
        assertThat(client.page().body()).doesNotContain(secret, code);
        enter(client, EmailCodeRealm.otherThan(code));
        assertThat(client.page().body()).doesNotContain(secret, code);
        enter(client, code).assertSignedIn();
        String token = client.tokens().path("access_token").asText();
        HttpResponse<String> account = Unchecked.get(() -> HTTP.send(
                HttpRequest.newBuilder(URI.create(realm.realm().url() + "/account/credentials"))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
        assertThat(account.statusCode()).isEqualTo(200);
        assertThat(account.body()).contains(TYPE).doesNotContain(secret);
        assertThat(user.admin().credentials().toString()).doesNotContain(secret);
        assertThat(user.admin().representation().toString()).doesNotContain(secret);
        assertThat(realm.realm().admin().get("/backup-codes/users/" + user.id()).toString())
                .doesNotContain(secret);
        assertThat(realm.realm().admin().events().toString()).doesNotContain(secret);
        assertThat(client.page().url().toString()).doesNotContain(code);
    }

    @Test
    void neitherTheNameOfTheRealmNorTheRequestChoosesTheLastLine() {
        try (SmsCodeRealm named = SmsCodeRealm.create(Map.of())) {
            named.realm()
                    .admin()
                    .update(Map.of("displayName", "Bank\n\n@evil.example #000000\r\u2028www.evil.example"));
            String number = number();
            TestUser user = named.user("named", number).create();
            LoginClient client = named.realm().newBrowser();
            client.open();
            client.send(HttpRequest.newBuilder(
                            client.prepare(
                                    "#kc-form-login", Map.of("username", user.username(), "password", user.password())),
                            (name, value) -> true)
                    .header("Referer", "https://evil.example/")
                    .header("Origin", "https://evil.example")
                    .build());
            String code = named.awaitCode(number, 1);
            String text = named.messages(number).get(0).text();
            assertThat(text.lines().filter(line -> line.contains("@")))
                    .containsExactly("@" + URI.create(named.realm().url()).getHost() + " #" + code);
            assertThat(text).doesNotContain("evil.example").doesNotContain("\r", "\u2028");
            assertThat(text.lines()).hasSize(3);
        }
    }

    // Gateway

    @Test
    void aGatewayIsNeitherTheServerItselfNorItsNetwork() {
        try (SmsCodeRealm other = SmsCodeRealm.create(Map.of())) {
            TestUser user = other.user("ssrf", number()).create();
            List<String> urls = List.of(
                    other.realm().url(),
                    "https://169.254.169.254/latest/",
                    "https://2130706433/",
                    "https://0x7f.1/",
                    "https://[::ffff:10.0.0.1]/",
                    "https://10.0.0.1/",
                    "https://0.0.0.0/");
            for (String url : urls) {
                int refused = other.realm()
                        .admin()
                        .send(
                                "PUT",
                                "/authentication/required-actions/" + ACTION + "/config",
                                Map.of("config", with(other.gateway().settings(), "http-url", url)))
                        .statusCode();
                if (refused < 400) {
                    HttpResponse<String> test =
                            other.realm().admin().send("POST", "/backup-codes/sms/test", Map.of("to", number()));
                    if (test.statusCode() == 200) {
                        assertThat(Json.read(test.body()).path("outcome").asText())
                                .as(url)
                                .isEqualTo("refused");
                    } else {
                        assertThat(test.statusCode()).as(url).isEqualTo(400);
                    }
                    other.realm().signIn(user).assertNotSignedIn();
                }
            }
            assertThat(other.gateway().messages()).isEmpty();
        }
    }

    @Test
    void aGatewayThatHangsDelaysNoOtherRealmAndWhatWaitsForItIsNotSentToSomebodyWhoHasGone() {
        try (SmsCodeRealm hanging = SmsCodeRealm.create(Map.of())) {
            List<HttpRequest> first = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                first.add(passwordRequest(
                        hanging.realm(), hanging.user("first-" + i, number()).create()));
            }
            List<String> gone = List.of(number(), number(), number());
            String kept = number();
            TestUser deleted = hanging.user("deleted", gone.get(0)).create();
            TestUser removed = hanging.user("removed", gone.get(1)).create();
            TestUser disabled = hanging.user("disabled", gone.get(2)).create();
            List<HttpRequest> later = List.of(
                    passwordRequest(hanging.realm(), deleted),
                    passwordRequest(hanging.realm(), removed),
                    passwordRequest(hanging.realm(), disabled),
                    passwordRequest(hanging.realm(), hanging.user("kept", kept).create()));
            hanging.gateway().hang(true);
            statuses(first);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> hanging.gateway().messages().size() == first.size());
            statuses(later);
            String elsewhere = number();
            realm.open(realm.user("elsewhere", elsewhere).create());
            Awaitility.await("the message of another realm")
                    .atMost(SOON)
                    .until(() -> realm.messages(elsewhere).size() == 1);
            deleted.admin().delete();
            hanging.realm().admin().delete("/backup-codes/users/" + removed.id() + "/sms-code");
            disabled.admin().update(Map.of("enabled", false));
            hanging.gateway().hang(false);
            hanging.awaitCode(kept, 1);
            for (String number : gone) {
                assertThat(hanging.messages(number)).isEmpty();
            }
        }
    }

    // Tools

    private static HttpRequest sendRequest(LoginClient client, String written) {
        return client.prepare(SEND_FORM, Map.of("country", "DE", "number", written, "send", "true"));
    }

    private static HttpRequest passwordRequest(TestRealm realm, TestUser user) {
        LoginClient client = realm.newBrowser();
        client.open();
        return client.prepare("#kc-form-login", Map.of("username", user.username(), "password", user.password()));
    }

    private static List<String> writings(String number) {
        String national = number.substring(3);
        return List.of(
                "0" + national,
                "+\u0664\u0669" + arabic(national),
                "0049" + national,
                "\u200E0" + national + "\u2069",
                "+49 (0)151 " + national.substring(3),
                "049" + national,
                "49" + national,
                number,
                "(0151) 12/" + national.substring(5),
                "\uFF10" + national);
    }

    private static String arabic(String digits) {
        StringBuilder arabic = new StringBuilder();
        digits.chars().forEach(digit -> arabic.append((char) (0x0660 + digit - '0')));
        return arabic.toString();
    }

    private static List<Integer> statuses(List<HttpRequest> requests) {
        List<CompletableFuture<HttpResponse<String>>> answers = requests.stream()
                .map(request -> HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();
        return answers.stream().map(answer -> answer.join().statusCode()).toList();
    }

    private static void assertStays(String number, int count) {
        Awaitility.await().during(LATE).untilAsserted(() -> assertThat(realm.messages(number))
                .hasSize(count));
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put(key, value);
        return changed;
    }

    /** From now on the flow of the application asks for the password alone. */
    private static void askForPasswordAlone() {
        RealmAdmin admin = realm.realm().admin();
        admin.post(
                "/authentication/flows",
                Map.of("alias", "password only", "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        admin.addExecution("password only", "auth-username-password-form", "REQUIRED");
        admin.bindBrowserFlow(TestRealm.CLIENT, "password only");
    }
}
