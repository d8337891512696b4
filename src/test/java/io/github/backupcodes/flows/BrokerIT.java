package io.github.backupcodes.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.FlowBuilder;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
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

    @AutoClose
    private static final SmsGateway GATEWAY = SmsGateway.start();

    private static final Map<Boolean, Realms> REALMS = new ConcurrentHashMap<>();

    private final TestRealm realm;
    private final RealmAdmin admin;
    private final BrokeredSignIn broker;

    BrokerIT(boolean passkeys) {
        Realms shared = REALMS.computeIfAbsent(passkeys, Realms::create);
        realm = shared.realm();
        admin = realm.admin();
        broker = shared.broker();
    }

    /** The realm that is tested, and the one that vouches for its users. */
    private record Realms(TestRealm realm, TestRealm upstream, BrokeredSignIn broker) {

        static Realms create(boolean passkeys) {
            TestRealm realm =
                    TestRealm.builder().withoutBackupCodes().passkeys(passkeys).create();
            TestRealm upstream = TestRealm.builder().withoutBackupCodes().create();
            BrokeredSignIn broker = new BrokeredSignIn(realm, upstream);
            prepare(realm.admin(), broker);
            return new Realms(realm, upstream, broker);
        }
    }

    private static void prepare(RealmAdmin admin, BrokeredSignIn broker) {
        JsonNode done = admin.postForAnswer("/backup-codes/setup", Map.of("emailCode", true, "smsCode", true));
        admin.configureRequiredAction(SmsCodeRealm.ACTION, GATEWAY.settings());
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
                        second -> second.secondFactors(
                                "auth-otp-form",
                                SmsCodeRealm.AUTHENTICATOR,
                                "email-code-form",
                                BackupCodesNames.AUTHENTICATOR))
                // users without a second factor pass
                .execution("allow-access-authenticator", "REQUIRED");
        broker.provider(FIRST, Map.of());
        broker.provider(POST, Map.of("postBrokerLoginFlowAlias", "after the broker"));
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
        return new FlowMatrix("broker")
                .tests(
                        FlowMatrix.People.of(realm),
                        List.of(
                                FlowScenario.in(
                                        "First broker login, account linked, by setup",
                                        user -> broker.first(FIRST, user)),
                                FlowScenario.in("Post-broker login", user -> broker.linked(POST, user))));
    }

    @Test
    void theAccountIsLinkedOnlyAfterTheSecondFactor() {
        TestUser user = UserProfile.APP_AND_CODES.make(realm, "linking");
        LoginClient client = broker.first(FIRST, user);
        assertThat(links(user)).as("%s", client.page()).isEmpty();
        client.choose(admin.execution("first broker login with backup codes", BackupCodesNames.AUTHENTICATOR));
        client.backupCode(UserProfile.LIST.code(7));
        client.assertSignedIn();
        assertThat(links(user)).hasSize(1);
    }

    @Test
    void aProviderWithAFlowOfItsOwnIsPointedOut() {
        admin.copyFlow("first broker login", "of the provider");
        broker.provider("with-own-flow", Map.of("firstBrokerLoginFlowAlias", "of the provider"));
        JsonNode done = admin.postForAnswer("/backup-codes/setup", Map.of("firstBrokerFlow", true));
        assertThat(ownFlows(done)).singleElement().asString().contains("with-own-flow", "of the provider");
        assertThat(done.path("byHand").toString())
                .as("the flow behind the identity provider accepts codes, and has no way out")
                .contains("\\\"after the broker\\\", which has no page backup-code-lost");
        admin.delete("/identity-provider/instances/with-own-flow");

        // what is asked behind the identity provider belongs to every sign-in
        broker.provider("with-own-flow", Map.of("postBrokerLoginFlowAlias", "of the provider"));
        JsonNode plain = admin.postForAnswer("/backup-codes/setup", Map.of());
        assertThat(ownFlows(plain)).singleElement().asString().contains("with-own-flow", "of the provider");
        admin.delete("/identity-provider/instances/with-own-flow");
    }

    private static List<String> ownFlows(JsonNode report) {
        return Json.texts(report.path("byHand")).stream()
                .filter(text -> text.contains("does not accept backup codes"))
                .toList();
    }

    /** The identity provider vouches for the person, not for the second factor that the person has here. */
    @Test
    void aNameTypedBeforeBringsNoCodes() {
        FlowBuilder.in(admin, "name first")
                .execution("auth-username-form", "REQUIRED")
                .configured("identity-provider-redirector", Map.of("defaultProvider", FIRST));
        admin.bindBrowserFlow(TestRealm.CLIENT, "name first");
        TestUser user = UserProfile.APP.make(realm, "name-first");
        broker.link(FIRST, user);
        user.admin().require(BackupCodesNames.ACTION);
        try {
            LoginClient client = realm.newBrowser();
            client.open();
            client.submit(Selectors.PASSWORD_FORM, Map.of("username", user.username()));
            client.password(user.username(), user.password());
            assertThat(client.page().backupCodes()).as("%s", client.page()).isEmpty();
            client.assertSignedIn();
            assertThat(user.admin().requiredActions()).containsExactly(BackupCodesNames.ACTION);
        } finally {
            admin.bindBrowserFlow(TestRealm.CLIENT, "browser with backup codes");
        }
    }

    private JsonNode links(TestUser user) {
        return admin.get("/users/" + user.id() + "/federated-identity");
    }
}
