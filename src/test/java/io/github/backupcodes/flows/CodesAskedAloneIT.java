package io.github.backupcodes.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.HashKey;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.FlowBuilder;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestApplication;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Users who have nothing but codes, in flows that ask for codes alone. Keycloak lets the password in alone where nothing in
 * a conditional sub-flow is set up: no state of the codes may look like that.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodesAskedAloneIT {

    private static final String SETTING = "ask-without-second-factor";
    private static final String RESET_FLOW = "reset credentials with backup codes";
    private static final String UNREADABLE = "{\"version\": 99}";

    private static final TestCodeSet CODES = TestCodeSet.of(2);
    private final TestCodeSet one = TestCodeSet.of(1).expiringAt(Instant.now().plusSeconds(3600));
    private final Instant pause = Instant.now().plusSeconds(3000);

    private final HttpClient http = LoginClient.connections();
    private final MailServer mail = MailServer.start();
    private final TestRealm realm = TestRealm.builder()
            .withoutBackupCodes()
            .with("resetPasswordAllowed", true)
            .with("smtpServer", mail.smtp())
            .create();
    private final TestRealm upstream = TestRealm.builder().withoutBackupCodes().create();
    private final RealmAdmin admin = realm.admin();
    private final BrokeredSignIn broker = new BrokeredSignIn(realm, upstream);
    private final Map<String, Function<TestUser, LoginClient>> ways = new LinkedHashMap<>();
    private final List<Holder> holders = holders();
    private final AtomicInteger names = new AtomicInteger();

    /** A user with codes in some state. */
    private record Holder(String name, BiFunction<TestRealm, String, TestUser> make, String code) {}

    @BeforeAll
    void setUp() {
        admin.postForAnswer(
                "/backup-codes/setup", Map.of("firstBrokerFlow", true, "directGrantFlow", true, "resetFlow", true));
        // where mail is sent, accounts are linked by a link in one otherwise
        String linking = "first broker login with backup codes";
        admin.requireExecution(linking, admin.execution(linking, "idp-email-verification"), "DISABLED");
        // the newest mail to a user is that of the reset
        admin.configureCodes(Map.of("notify-by-email", "false"));
        FlowBuilder.in(admin, "after the broker")
                .flow(
                        "second factor",
                        "CONDITIONAL",
                        second -> second.secondFactors("auth-otp-form", BackupCodesNames.AUTHENTICATOR))
                .execution("allow-access-authenticator", "REQUIRED");
        admin.copyFlow("browser", "one-field");
        admin.requireExecution("one-field", admin.execution("one-field", "auth-otp-form"), "DISABLED");
        admin.addExecution("one-field Browser - Conditional 2FA", BackupCodesNames.ONE_FIELD, "ALTERNATIVE");
        Map.of(
                        TestRealm.FLOW,
                        BackupCodesNames.AUTHENTICATOR,
                        "one-field",
                        BackupCodesNames.ONE_FIELD,
                        linking,
                        BackupCodesNames.AUTHENTICATOR,
                        "after the broker",
                        BackupCodesNames.AUTHENTICATOR,
                        RESET_FLOW,
                        BackupCodesNames.AUTHENTICATOR,
                        "direct grant with backup codes",
                        "direct-grant-backup-code")
                .forEach((flow, authenticator) ->
                        admin.configureExecution(admin.execution(flow, authenticator), Map.of(SETTING, "true")));
        admin.post(
                "/clients",
                Map.of(
                        "clientId",
                        "one-field",
                        "publicClient",
                        true,
                        "redirectUris",
                        List.of(TestApplication.shared().redirectUri().toString()),
                        "authenticationFlowBindingOverrides",
                        Map.of("browser", admin.flowId("one-field"))));
        broker.provider("first", Map.of());
        broker.provider("post", Map.of("postBrokerLoginFlowAlias", "after the broker"));
        ways.put("browser", user -> signIn(realm.newBrowser(), user));
        ways.put(
                "one field",
                user -> signIn(
                        new LoginClient(
                                http,
                                URI.create(realm.url()),
                                "one-field",
                                TestApplication.shared().redirectUri()),
                        user));
        ways.put("first broker login", user -> broker.first("first", user));
        ways.put("post-broker login", user -> broker.linked("post", user));
        ways.put("reset", this::reset);
    }

    @AfterAll
    void close() {
        realm.close();
        upstream.close();
        mail.close();
    }

    @TestFactory
    Stream<DynamicTest> states() {
        FlowMatrix matrix = new FlowMatrix("states");
        matrix.head("The user’s only codes", Stream.concat(ways.keySet().stream(), Stream.of("direct grant")));
        return Stream.concat(
                holders.stream()
                        .map(holder -> DynamicTest.dynamicTest(holder.name(), () -> {
                            List<String> cells = new ArrayList<>(List.of(holder.name()));
                            ways.values().forEach(way -> cells.add(outcome(holder, way)));
                            cells.add(directGrant(holder));
                            matrix.row(cells);
                            assertThat(cells).noneMatch(cell -> cell.contains(": "));
                        })),
                Stream.of(matrix.check()));
    }

    /** A page of new codes would be a way round the flow that asks for the old ones. */
    @Test
    void codesThatOnlyAFlowOfAnIdentityProviderAsksForAreNotReplacedByThePasswordAlone() {
        try (TestRealm brokered = TestRealm.create();
                TestRealm other = TestRealm.builder().withoutBackupCodes().create()) {
            FlowBuilder.in(brokered.admin(), "after the broker")
                    .flow("second factor", "CONDITIONAL", second -> second.execution(
                                    "conditional-user-configured", "REQUIRED")
                            .execution(BackupCodesNames.AUTHENTICATOR, "REQUIRED"))
                    .execution("allow-access-authenticator", "REQUIRED");
            new BrokeredSignIn(brokered, other).provider("idp", Map.of("postBrokerLoginFlowAlias", "after the broker"));
            for (TestCodeSet codes : List.of(CODES, CODES.used(0).used(1))) {
                TestUser user = brokered.user(codes == CODES ? "keeper" : "spender")
                        .codes(codes)
                        .create();
                LoginClient client = brokered.signInFor(user, BackupCodesNames.ACTION);
                client.page().assertHasNo(Selectors.NEW_CODES_PAGE);
            }
        }
    }

    private List<Holder> holders() {
        HashScheme keyed = HashScheme.forSet(CodeFormat.DEFAULT, 1, "gone", false);
        TestCodeSet keyless =
                TestCodeSet.of(1, CodeFormat.DEFAULT, keyed, id -> new HashKey(new byte[HashKey.MIN_LENGTH]));
        TestRecoveryCodes recoveryCodes = TestRecoveryCodes.now();
        TestRecoveryCodes last = TestRecoveryCodes.last(1);
        return List.of(
                own("unused", CODES),
                own("used up", CODES.used(0).used(1)),
                own("expired", CODES.expiringAt(Instant.now().minusSeconds(60))),
                own("paused", CODES.guessed(10, pause)),
                own("disabled", CODES.guessed(100, null)),
                new Holder(
                        "unreadable",
                        (in, name) -> unreadable(own("", CODES).make().apply(in, name), BackupCodesNames.CREDENTIAL),
                        CODES.code(0)),
                new Holder("key missing", own("", keyless).make(), keyless.code(0)),
                recovery("Keycloak’s, unused", recoveryCodes, user -> {}),
                recovery("… used up", last, user -> useUp(user, last.code(0))),
                recovery("… paused", recoveryCodes, user -> remember(user, 10, pause)),
                recovery("… disabled", recoveryCodes, user -> remember(user, 100, null)),
                recovery("… unreadable", recoveryCodes, user -> unreadable(user, TestRecoveryCodes.CREDENTIAL)),
                issued("temporary code", one),
                issued("… expired", one.expiringAt(Instant.now().minusSeconds(60))),
                issued("… paused", one.guessed(10, pause)),
                issued("… disabled", one.guessed(100, null)),
                new Holder(
                        "… unreadable",
                        (in, name) -> unreadable(issued("", one).make().apply(in, name), HelpDeskCode.CREDENTIAL),
                        one.code(0)));
    }

    private static Holder own(String name, TestCodeSet codes) {
        return new Holder(name, (in, user) -> in.user(user).codes(codes).create(), codes.code(0));
    }

    private static Holder issued(String name, TestCodeSet code) {
        Map<String, Object> credential = new HashMap<>(code.credential());
        credential.put("type", HelpDeskCode.CREDENTIAL);
        return new Holder(
                name, (in, user) -> in.user(user).credential(credential).create(), code.code(0));
    }

    private static Holder recovery(String name, TestRecoveryCodes codes, Consumer<TestUser> then) {
        return new Holder(
                name,
                (in, user) -> {
                    TestUser made = in.user(user).credential(codes.credential()).create();
                    then.accept(made);
                    return made;
                },
                codes.code(0));
    }

    /** As a later version might leave it. */
    private TestUser unreadable(TestUser user, String type) {
        String id = user.admin().credentialId(type);
        admin.put(
                "/" + RowLockResourceFactory.ID + "/" + id + "/data",
                Map.of("credentialData", UNREADABLE, "secretData", UNREADABLE));
        // any change of the user takes the user out of the cache
        user.admin().update(Map.of("lastName", "Spoiled"));
        return user;
    }

    /** Attempts at recovery codes that were counted. */
    private static void remember(TestUser user, int inARow, @Nullable Instant until) {
        String id = user.admin().credentialId(TestRecoveryCodes.CREDENTIAL);
        String pause = until == null ? "" : ",\"pausedUntil\":\"" + until + "\"";
        user.admin()
                .update(Map.of(
                        "credentials",
                        List.of(Map.of(
                                "type",
                                "backup-codes-recovery",
                                "createdDate",
                                System.currentTimeMillis(),
                                "credentialData",
                                "{\"recoveryCodes\":\"" + id + "\",\"inARow\":" + inARow + pause + "}",
                                "secretData",
                                "{\"used\":[]}"))));
    }

    /** With the last code; the page that would make new ones is left, and an administrator lets the user off. */
    private void useUp(TestUser user, String code) {
        LoginClient client = signIn(realm.newBrowser(), user);
        client.enterBackupCode(code);
        assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
        assertThat(user.admin().credentials(TestRecoveryCodes.CREDENTIAL)).isEmpty();
        user.admin().require();
    }

    private String outcome(Holder holder, Function<TestUser, LoginClient> way) {
        TestUser user = holder.make().apply(realm, nextName());
        LoginClient client = way.apply(user);
        if (!client.page().has(Selectors.CODE_FORM)) {
            return isThrough(client) ? "not asked" : "something else: " + client.page();
        }
        client.enterBackupCode(holder.code());
        if (client.isAfterUse() || isThrough(client)) {
            return "code";
        }
        return client.page().has(Selectors.CODE_FORM) && !client.page().error().isEmpty()
                ? "refused"
                : "something else: " + client.page();
    }

    private static boolean isThrough(LoginClient client) {
        return client.isSignedIn() || client.page().has(Selectors.NEW_PASSWORD_FORM);
    }

    private String directGrant(Holder holder) {
        TestUser user = holder.make().apply(realm, nextName());
        if (grant(user, Map.of()) == 200) {
            return "not asked";
        }
        return grant(user, Map.of("backup_code", holder.code())) == 200 ? "code" : "refused";
    }

    private int grant(TestUser user, Map<String, String> more) {
        return realm.directGrant(user, more).statusCode();
    }

    private LoginClient reset(TestUser user) {
        LoginClient client = realm.newBrowser();
        client.open();
        client.get(URI.create(
                client.page().document().select("a[href*=reset-credentials]").attr("abs:href")));
        client.submit("#kc-reset-password-form", Map.of("username", user.username()));
        client.get(mail.newestLink(user.username() + "@example.org"));
        return client;
    }

    private static LoginClient signIn(LoginClient client, TestUser user) {
        client.signIn(user);
        return client;
    }

    private String nextName() {
        return "holder-" + names.incrementAndGet();
    }
}
