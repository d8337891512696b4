package io.github.backupcodes.flows;

import static org.awaitility.Awaitility.await;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.FlowBuilder;
import io.github.backupcodes.support.realm.FormPost;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.StepUpFlow;
import io.github.backupcodes.support.realm.TestApplication;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The browser flow in every shape, and inside what uses it: each flow belongs to a client of its own in one realm, and users
 * of every kind go through it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserFlowsIT {

    private static final String OTP = "auth-otp-form";
    private static final String KEY = "webauthn-authenticator";
    private static final String CODES = BackupCodesNames.AUTHENTICATOR;
    private static final String SMS = SmsCodeRealm.AUTHENTICATOR;
    private static final String EMAIL = EmailCodeRealm.AUTHENTICATOR;
    private static final String ROLE = "strong";

    private final HttpClient http = LoginClient.connections();
    private final SmsGateway gateway = SmsGateway.start();
    private final TestRealm realm = TestRealm.builder().withoutBackupCodes().create();
    private final TestRealm organizations = TestRealm.builder()
            .withoutBackupCodes()
            .with("organizationsEnabled", true)
            .create();
    private final RealmAdmin admin = realm.admin();

    @BeforeAll
    void setUp() {
        StepUpFlow.bindIn(admin, OTP, KEY, SMS, CODES);
        admin.bindBrowserFlow("browser");
        for (TestRealm each : List.of(realm, organizations)) {
            each.admin().postForAnswer("/backup-codes/setup", Map.of("emailCode", true, "smsCode", true));
            each.admin().configureRequiredAction(SmsCodeRealm.ACTION, gateway.settings());
            each.admin().configureCodes(Map.of("ask-users-with-second-factor", "off"));
        }
        organizations
                .admin()
                .client()
                .post(
                        organizations.admin().path("/organizations"),
                        Map.of("name", "acme", "domains", List.of(Map.of("name", "acme.example"))));
        admin.post("/roles", Map.of("name", ROLE));
    }

    @AfterAll
    void close() {
        realm.close();
        organizations.close();
        gateway.close();
    }

    @TestFactory
    Stream<DynamicTest> flows() {
        List<FlowScenario> ways = new ArrayList<>(shapes());
        ways.addAll(conditions());
        ways.addAll(again());
        ways.addAll(clients());
        return new FlowMatrix("browser").tests(FlowMatrix.People.of(realm), ways);
    }

    @TestFactory
    Stream<DynamicTest> organizationFlow() {
        return new FlowMatrix("organization")
                .tests(FlowMatrix.People.of(organizations), List.of(FlowScenario.in("Organizations, by setup", user -> {
                    LoginClient client = organizations.newBrowser();
                    client.open();
                    client.page().assertHasNo("[name=password]");
                    return nameThenPassword(client, user);
                })));
    }

    private List<FlowScenario> shapes() {
        admin.copyFlow("browser with backup codes", "keys");
        admin.requireExecution("keys", admin.execution("keys", KEY), "ALTERNATIVE");
        admin.copyFlow("browser", "one-field");
        admin.requireExecution("one-field", admin.execution("one-field", OTP), "DISABLED");
        admin.addExecution("one-field Browser - Conditional 2FA", BackupCodesNames.ONE_FIELD, "ALTERNATIVE");
        admin.addExecution("one-field Browser - Conditional 2FA", SMS, "ALTERNATIVE");
        admin.addExecution("one-field Browser - Conditional 2FA", EMAIL, "ALTERNATIVE");
        admin.requireExecution("one-field", admin.execution("one-field", KEY), "ALTERNATIVE");
        FlowBuilder.in(admin, "name-first")
                .execution("auth-cookie", "ALTERNATIVE")
                .flow("forms", "ALTERNATIVE", forms -> forms.execution("auth-username-form", "REQUIRED")
                        .execution("auth-password-form", "REQUIRED")
                        .flow("second", "CONDITIONAL", second -> second.secondFactors(OTP, KEY, SMS, EMAIL, CODES)));
        FlowBuilder.in(admin, "deep")
                .execution("auth-cookie", "ALTERNATIVE")
                .flow(
                        "forms",
                        "ALTERNATIVE",
                        outer -> outer.flow(
                                "inner", "REQUIRED", inner -> inner.execution("auth-username-password-form", "REQUIRED")
                                        .flow(
                                                "second",
                                                "CONDITIONAL",
                                                second -> second.secondFactors(OTP, KEY, SMS, EMAIL, CODES))));
        return List.of(
                FlowScenario.in("Browser, by setup", user -> signIn(realm.newBrowser(), user)),
                FlowScenario.in("… with security keys", user -> signIn(client("keys"), user)),
                FlowScenario.in("… with one field for OTPs and codes", user -> signIn(client("one-field"), user)),
                FlowScenario.in("Name first, then the password", user -> {
                    LoginClient client = client("name-first");
                    client.open();
                    return nameThenPassword(client, user);
                }),
                FlowScenario.in("Forms in two sub-flows", user -> signIn(client("deep"), user)));
    }

    private List<FlowScenario> conditions() {
        admin.post("/client-scopes", Map.of("name", ROLE, "protocol", "openid-connect"));
        conditional("role", "conditional-user-role", Map.of("condUserRole", ROLE));
        conditional("scope", "conditional-client-scope", Map.of("client_scope", ROLE));
        String scope = scopeId();
        return List.of(
                FlowScenario.in("Condition on a role, fulfilled", user -> {
                    admin.post("/users/" + user.id() + "/role-mappings/realm", List.of(admin.get("/roles/" + ROLE)));
                    return signIn(client("role"), user);
                }),
                FlowScenario.in("… not fulfilled", user -> signIn(client("role"), user)),
                FlowScenario.in("Condition on a client scope, fulfilled", user -> {
                    LoginClient client = client("scope", scope);
                    client.open(Map.of("scope", "openid " + ROLE));
                    client.password(user.username(), user.password());
                    return client;
                }),
                FlowScenario.in("… not fulfilled", user -> signIn(client("scope", scope), user)));
    }

    private void conditional(String alias, String condition, Map<String, String> config) {
        FlowBuilder.in(admin, alias)
                .execution("auth-cookie", "ALTERNATIVE")
                .flow("forms", "ALTERNATIVE", forms -> forms.execution("auth-username-password-form", "REQUIRED")
                        .flow("second", "CONDITIONAL", second -> second.configured(condition, config)
                                .secondFactors(OTP, KEY, SMS, EMAIL, CODES)));
    }

    private String scopeId() {
        for (var scope : admin.get("/client-scopes")) {
            if (scope.path("name").asText().equals(ROLE)) {
                return scope.path("id").asText();
            }
        }
        throw new IllegalStateException("no scope " + ROLE);
    }

    /** Signing in again, and to a higher level. */
    private List<FlowScenario> again() {
        return List.of(
                FlowScenario.in("Step-up, level 2 requested", user -> {
                            LoginClient client = client("step-up");
                            client.open(Map.of("acr_values", "2"));
                            client.password(user.username(), user.password());
                            return client;
                        })
                        .forUsersWith(
                                UserProfile.APP,
                                UserProfile.APP_AND_CODES,
                                UserProfile.APPS_AND_CODES,
                                UserProfile.KEY_AND_CODES,
                                UserProfile.SMS,
                                UserProfile.SMS_AND_CODES),
                FlowScenario.in("… from a session at level 1", user -> {
                            LoginClient client = client("step-up");
                            signIn(client, user);
                            client.assertSignedIn();
                            client.open(Map.of("acr_values", "2"));
                            return client;
                        })
                        .forUsersWith(
                                UserProfile.APP,
                                UserProfile.APP_AND_CODES,
                                UserProfile.APPS_AND_CODES,
                                UserProfile.KEY_AND_CODES,
                                UserProfile.SMS,
                                UserProfile.SMS_AND_CODES),
                FlowScenario.in("New sign-in with prompt=login", user -> {
                            LoginClient client = signedIn(user);
                            client.open(Map.of("prompt", "login"));
                            return passwordAlone(client, user);
                        })
                        .forUsersWith(
                                UserProfile.NOTHING,
                                UserProfile.APP,
                                UserProfile.APP_AND_CODES,
                                UserProfile.APPS_AND_CODES,
                                UserProfile.SMS,
                                UserProfile.SMS_AND_CODES),
                FlowScenario.in("New sign-in with max_age", user -> {
                            LoginClient client = signedIn(user);
                            // full seconds count: the session is older than 0 from the next one on
                            await().atMost(Duration.ofSeconds(10))
                                    .pollInterval(Duration.ofMillis(100))
                                    .until(() -> !signedInAgain(client));
                            return passwordAlone(client, user);
                        })
                        .forUsersWith(
                                UserProfile.NOTHING,
                                UserProfile.APP,
                                UserProfile.APP_AND_CODES,
                                UserProfile.APPS_AND_CODES,
                                UserProfile.SMS,
                                UserProfile.SMS_AND_CODES));
    }

    private static boolean signedInAgain(LoginClient client) {
        client.open(Map.of("max_age", "0"));
        return client.isSignedIn();
    }

    /** Other protocols than the code flow of OpenID Connect. */
    private List<FlowScenario> clients() {
        String device = "television";
        admin.post(
                "/clients",
                Map.of(
                        "clientId",
                        device,
                        "publicClient",
                        true,
                        "attributes",
                        Map.of("oauth2.device.authorization.grant.enabled", "true")));
        String[] deviceCode = {""};
        SamlClient saml = SamlClient.clientIn(admin);
        return List.of(
                FlowScenario.in("Device flow", user -> {
                            var started = Json.read(FormPost.send(
                                            realm.url() + "/protocol/openid-connect/auth/device",
                                            Map.of("client_id", device, "scope", "openid"))
                                    .body());
                            deviceCode[0] = started.path("device_code").asText();
                            LoginClient client = realm.newBrowser();
                            client.get(URI.create(
                                    started.path("verification_uri_complete").asText()));
                            client.password(user.username(), user.password());
                            return client;
                        })
                        .endingWith(client -> !client.page().has("form")
                                && FormPost.send(
                                                        realm.url() + "/protocol/openid-connect/token",
                                                        Map.of(
                                                                "grant_type",
                                                                "urn:ietf:params:oauth:grant-type:device_code",
                                                                "client_id",
                                                                device,
                                                                "device_code",
                                                                deviceCode[0]))
                                                .statusCode()
                                        == 200),
                FlowScenario.in("SAML client", user -> {
                            LoginClient client = realm.newBrowser();
                            client.get(saml.request(realm.url()));
                            client.password(user.username(), user.password());
                            return client;
                        })
                        .endingWith(client -> saml.isSuccess(client.page())));
    }

    /** A person at a new browser who comes to a client with this flow. */
    private LoginClient client(String flow, String... optionalScopes) {
        if (admin.get("/clients?clientId=" + flow).isEmpty()) {
            String id = admin.post(
                    "/clients",
                    Map.of(
                            "clientId",
                            flow,
                            "publicClient",
                            true,
                            "redirectUris",
                            List.of(TestApplication.shared().redirectUri().toString()),
                            "authenticationFlowBindingOverrides",
                            Map.of("browser", admin.flowId(flow))));
            for (String scope : optionalScopes) {
                admin.put("/clients/" + id + "/optional-client-scopes/" + scope, Map.of());
            }
        }
        return new LoginClient(
                http, URI.create(realm.url()), flow, TestApplication.shared().redirectUri());
    }

    private static LoginClient signIn(LoginClient client, TestUser user) {
        client.signIn(user);
        return client;
    }

    private LoginClient signedIn(TestUser user) {
        LoginClient client = signIn(realm.newBrowser(), user);
        if (client.page().has(Selectors.OTP_FORM)) {
            client.otp(user.totp().now());
        }
        if (client.page().has("[name=smsCode]")) {
            SmsCodeRealm.enter(client, gateway.awaitCode(SmsCodeRealm.storedNumber(admin, user), 1));
        }
        client.assertSignedIn();
        return client;
    }

    private static LoginClient nameThenPassword(LoginClient client, TestUser user) {
        client.submit(Selectors.PASSWORD_FORM, Map.of("username", user.username()));
        return passwordAlone(client, user);
    }

    private static LoginClient passwordAlone(LoginClient client, TestUser user) {
        client.submit(Selectors.PASSWORD_FORM, Map.of("password", user.password()));
        return client;
    }
}
