package io.github.backupcodes.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.FlowBuilder;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.RealmAdmin;
import io.github.backupcodes.support.SharedServer;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in through another realm as identity provider: the first time, when an account is linked, and afterwards. */
@ParameterizedClass(name = "passkeys: {0}")
@ValueSource(booleans = {false, true})
class BrokerIT {

    private static final String FIRST = "links-accounts";
    private static final String POST = "asks-afterwards";
    private static final String CLIENT = "consumer";
    private static final String SECRET = "of the consumer";

    private static final HttpClient HTTP = LoginClient.connections();

    private static final Map<Boolean, Realms> REALMS = new ConcurrentHashMap<>();

    private final TestRealm realm;
    private final TestRealm upstream;
    private final RealmAdmin admin;

    BrokerIT(boolean passkeys) {
        Realms shared = REALMS.computeIfAbsent(passkeys, Realms::create);
        realm = shared.realm();
        upstream = shared.upstream();
        admin = realm.admin();
    }

    /** The realm that is tested, and the one that vouches for its users. */
    private record Realms(TestRealm realm, TestRealm upstream) {

        static Realms create(boolean passkeys) {
            Realms realms = new Realms(
                    TestRealm.on(SharedServer.get())
                            .withoutBackupCodes()
                            .passkeys(passkeys)
                            .create(),
                    TestRealm.on(SharedServer.get()).withoutBackupCodes().create());
            prepare(realms.realm(), realms.upstream());
            return realms;
        }
    }

    private static void prepare(TestRealm realm, TestRealm upstream) {
        RealmAdmin admin = realm.admin();
        JsonNode done =
                admin.client().postForAnswer(admin.path("/backup-codes/setup"), Map.of("firstBrokerFlow", true));
        assertThat(done.path("changes"))
                .extracting(JsonNode::asText)
                .contains(
                        "backup-code-form added to \"first broker login with backup codes First broker login -"
                                + " Conditional 2FA\" as ALTERNATIVE",
                        "flow \"first broker login with backup codes\" bound as the first broker login flow");
        // keys are accepted by the sign-in, but not by the flows of the broker
        String browser = "browser with backup codes";
        admin.requireExecution(browser, admin.execution(browser, "webauthn-authenticator"), "ALTERNATIVE");
        FlowBuilder.in(admin, "after the broker")
                .flow(
                        "second factor",
                        "CONDITIONAL",
                        second -> second.secondFactors("auth-otp-form", BackupCodesNames.AUTHENTICATOR))
                // whoever has no second factor passes
                .execution("allow-access-authenticator", "REQUIRED");
        upstream.admin()
                .client()
                .post(
                        upstream.admin().path("/clients"),
                        Map.of("clientId", CLIENT, "secret", SECRET, "redirectUris", List.of("*")));
        provider(realm, upstream, FIRST, Map.of());
        provider(realm, upstream, POST, Map.of("postBrokerLoginFlowAlias", "after the broker"));
    }

    @AfterAll
    static void close() {
        REALMS.values().forEach(shared -> {
            shared.realm().close();
            shared.upstream().close();
        });
    }

    @TestFactory
    Stream<DynamicTest> brokers() {
        return new Matrix("broker")
                .tests(
                        Matrix.People.of(realm),
                        List.of(
                                Way.in("First broker login, account linked, by setup", this::link),
                                Way.in("Post-broker login", user -> {
                                    linked(user, POST);
                                    return through(POST, user);
                                })));
    }

    @Test
    void theAccountIsLinkedOnlyAfterTheSecondFactor() {
        TestUser user = Holder.APP_AND_CODES.make(realm, "linking");
        LoginClient client = link(user);
        assertThat(links(user)).as("%s", client.page()).isEmpty();
        client.choose(admin.execution("first broker login with backup codes", BackupCodesNames.AUTHENTICATOR));
        client.backupCode(Holder.LIST.code(7));
        assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
        assertThat(links(user)).hasSize(1);
    }

    @Test
    void aProviderWithAFlowOfItsOwnIsPointedOut() {
        admin.copyFlow("first broker login", "of the provider");
        provider(realm, upstream, "with-own-flow", Map.of("firstBrokerLoginFlowAlias", "of the provider"));
        JsonNode done =
                admin.client().postForAnswer(admin.path("/backup-codes/setup"), Map.of("firstBrokerFlow", true));
        assertThat(done.path("byHand")).singleElement().satisfies(text -> assertThat(text.asText())
                .contains("with-own-flow", "of the provider"));
        admin.client().delete(admin.path("/identity-provider/instances/with-own-flow"));
    }

    /** The identity provider vouches for the person, not for the second factor that the person has here. */
    @Test
    void aNameTypedBeforeBringsNoCodes() {
        FlowBuilder.in(admin, "name first")
                .execution("auth-username-form", "REQUIRED")
                .configured("identity-provider-redirector", Map.of("defaultProvider", FIRST));
        admin.bindBrowserFlow(TestRealm.CLIENT, "name first");
        TestUser user = Holder.APP.make(realm, "name-first");
        linked(user, FIRST);
        user.admin().require(BackupCodesNames.ACTION);
        try {
            LoginClient client = realm.session(HTTP);
            client.open();
            client.submit("#kc-form-login", Map.of("username", user.username()));
            client.password(user.username(), user.password());
            assertThat(client.page().backupCodes()).as("%s", client.page()).isEmpty();
            assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
            assertThat(user.admin().requiredActions()).containsExactly(BackupCodesNames.ACTION);
        } finally {
            admin.bindBrowserFlow(TestRealm.CLIENT, "browser with backup codes");
        }
    }

    private JsonNode links(TestUser user) {
        return admin.client().get(admin.path("/users/" + user.id() + "/federated-identity"));
    }

    /** Comes for the first time, and proves with the password that the account of the same e-mail is theirs. */
    private LoginClient link(TestUser user) {
        upstream(user);
        LoginClient client = through(FIRST, user);
        client.submit("#kc-register-form", Map.of("submitAction", "linkAccount"));
        client.password(user.username(), user.password());
        return client;
    }

    private LoginClient through(String provider, TestUser user) {
        LoginClient client = realm.session(HTTP);
        client.open(Map.of("kc_idp_hint", provider));
        client.password(user.username(), user.password());
        return client;
    }

    private void linked(TestUser user, String provider) {
        TestUser there = upstream(user);
        admin.client()
                .post(
                        admin.path("/users/" + user.id() + "/federated-identity/" + provider),
                        Map.of("userId", there.id(), "userName", there.username()));
    }

    private TestUser upstream(TestUser user) {
        return upstream.user(user.username()).password(user.password()).create();
    }

    private static void provider(TestRealm realm, TestRealm upstream, String alias, Map<String, String> more) {
        String endpoints = upstream.url() + "/protocol/openid-connect";
        Map<String, Object> provider = new HashMap<>(more);
        provider.putAll(Map.of("alias", alias, "providerId", "oidc", "enabled", true, "trustEmail", true));
        provider.put(
                "config",
                Map.of(
                        "clientId",
                        CLIENT,
                        "clientSecret",
                        SECRET,
                        "clientAuthMethod",
                        "client_secret_post",
                        "issuer",
                        upstream.url(),
                        "authorizationUrl",
                        endpoints + "/auth",
                        "tokenUrl",
                        endpoints + "/token",
                        "userInfoUrl",
                        endpoints + "/userinfo",
                        "defaultScope",
                        "openid profile email"));
        realm.admin().client().post(realm.admin().path("/identity-provider/instances"), provider);
    }
}
