package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.StepUpFlow;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Step-up authentication: the codes belong to level 2, and no session at level 1 gets at them. Keycloak knows the level of
 * the first credential type of a form only; for the form that takes OTPs and codes, this is the OTP's.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
class LevelIT {

    private static final TestCodeSet CODES = TestCodeSet.of(3);
    private static final Map<Form, LevelRealm> REALMS = new ConcurrentHashMap<>();

    private final HttpClient http = LoginClient.connections();
    private final Form form;
    private final TestRealm realm;
    private final String execution;

    LevelIT(Form form) {
        LevelRealm shared = REALMS.computeIfAbsent(form, LevelRealm::create);
        this.form = form;
        this.realm = shared.realm();
        this.execution = shared.execution();
    }

    /** What asks for codes. */
    enum Form {
        CODES_ALONE,
        CODES_ALONE_WITH_PASSKEYS,
        ONE_FIELD
    }

    /** A realm with two levels, and the last execution of the second one. */
    private record LevelRealm(TestRealm realm, String execution) {

        static LevelRealm create(Form form) {
            TestRealm realm = TestRealm.builder()
                    .passkeys(form == Form.CODES_ALONE_WITH_PASSKEYS)
                    .create();
            return new LevelRealm(
                    realm,
                    form == Form.ONE_FIELD
                            ? StepUpFlow.bindIn(realm.admin(), BackupCodesNames.ONE_FIELD)
                            : StepUpFlow.bindIn(realm.admin()));
        }
    }

    @AfterAll
    static void close() {
        REALMS.values().forEach(shared -> shared.realm().close());
    }

    @Test
    void the_password_alone_is_level_one_and_a_code_beside_it_level_two() {
        TestUser alice = user("alice");
        assertThat(acr(realm.signIn(alice))).isEqualTo("1");
        LoginClient session = toLevelTwo(alice);
        if (form == Form.ONE_FIELD) {
            session.otpOrBackupCode(CODES.code(0));
        } else {
            session.choose(execution);
            session.backupCode(CODES.code(0));
        }
        assertThat(acr(session)).isEqualTo("2");
    }

    @Test
    void a_session_at_level_one_cannot_renew_the_codes() {
        TestUser bob = user("bob");
        LoginClient session = realm.signIn(bob);
        assertThat(acr(session)).isEqualTo("1");

        HttpPage page = session.open(Map.of("kc_action", BackupCodesNames.ACTION));

        assertThat(page.backupCodes()).isEmpty();
        page.assertHas("#otp");
        assertThat(session.otp(bob.totp().now()).backupCodes()).hasSize(10);
    }

    @Test
    void codes_that_an_administrator_asked_for_are_not_given_out_at_level_one() {
        TestUser erin = realm.user("erin").otp().create();
        erin.admin().require(BackupCodesNames.ACTION);

        LoginClient weak = realm.newBrowser();
        assertThat(weak.signIn(erin).backupCodes()).isEmpty();
        assertThat(acr(weak)).isEqualTo("1");
        assertThat(erin.admin().requiredActions()).contains(BackupCodesNames.ACTION);

        assertThat(toLevelTwo(erin).otp(erin.totp().now()).backupCodes()).hasSize(10);
    }

    /** The session has been at level 2 since it was younger; a second sign-in proves no more than the password. */
    @Test
    void a_new_sign_in_by_password_makes_no_old_one_fresh() {
        TestUser fran = user("fran");
        LoginClient session = levelTwo(fran);
        assertThat(acr(session)).isEqualTo("2");

        session.open(Map.of("acr_values", "1", "prompt", "login"));
        session.submit(Selectors.PASSWORD_FORM, Map.of("password", fran.password()));
        session.assertSignedIn();
        fran.admin().require(BackupCodesNames.ACTION);
        session.open(Map.of("acr_values", "2"));
        assertThat(session.page().backupCodes()).as("%s", session.page()).isEmpty();
        assertThat(fran.admin().requiredActions()).contains(BackupCodesNames.ACTION);

        session.open(Map.of("kc_action", BackupCodesNames.ACTION));
        session.assertHas(Selectors.PASSWORD_FORM);
        session.submit(Selectors.PASSWORD_FORM, Map.of("password", fran.password()));
        assertThat(session.otp(fran.totp().now()).backupCodes())
                .as("%s", session.page())
                .hasSize(10);
    }

    @Test
    void a_session_at_level_one_cannot_delete_the_codes() {
        TestUser carol = user("carol");
        LoginClient session = realm.signIn(carol);
        session.open(Map.of("kc_action", "delete_credential:" + credential(carol)));
        if (form == Form.ONE_FIELD) {
            if (session.page().has("form:has([name=accept])")) {
                session.submit("form:has([name=accept])", Map.of("accept", ""));
            }
            assertThat(session.page().status()).as("%s", session.page()).isEqualTo(400);
        } else {
            session.assertHas("#otp");
        }
        assertThat(carol.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);

        LoginClient strong = levelTwo(carol);
        strong.open(Map.of("kc_action", "delete_credential:" + credential(carol)));
        strong.submit("form:has([name=accept])", Map.of("accept", ""));
        assertThat(strong.parameter("kc_action_status")).contains("success");
        assertThat(carol.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
    }

    @Test
    void its_token_cannot_delete_the_codes_in_the_account_console() throws Exception {
        assumeTrue(form == Form.ONE_FIELD, "Keycloak knows the level of the other form itself");
        TestUser gina = user("gina");
        String weak = token(realm.signIn(gina));
        assertThat(isRemovable(weak)).isFalse();
        assertThat(account(weak, "DELETE", "/" + credential(gina)).statusCode()).isEqualTo(400);
        assertThat(gina.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);

        String strong = token(levelTwo(gina));
        assertThat(isRemovable(strong)).isTrue();
        assertThat(account(strong, "DELETE", "/" + credential(gina)).statusCode())
                .isEqualTo(204);
        assertThat(gina.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
    }

    @Test
    void a_user_without_a_second_factor_gets_no_codes_at_level_one() {
        LoginClient session = realm.signIn(realm.user("dave").create());
        assertThat(session.open(Map.of("kc_action", BackupCodesNames.ACTION)).backupCodes())
                .isEmpty();
        assertThat(session.parameter("kc_action_status")).contains("error");
    }

    @Test
    void the_other_form_in_the_flow_though_disabled_tells_keycloak_the_level() {
        assumeTrue(form == Form.ONE_FIELD, "Keycloak knows the level of the other form itself");
        try (TestRealm told = TestRealm.create()) {
            String last = StepUpFlow.bindIn(told.admin(), BackupCodesNames.ONE_FIELD, BackupCodesNames.AUTHENTICATOR);
            told.admin().requireExecution("step-up", last, "DISABLED");
            TestUser frank = told.user("frank").otp().codes(CODES).create();
            LoginClient session = told.signIn(frank);
            assertThat(acr(session)).isEqualTo("1");

            HttpPage page = session.open(Map.of("kc_action", "delete_credential:" + credential(frank)));

            page.assertHas("#otp");
        }
    }

    private TestUser user(String name) {
        return realm.user(name).otp().codes(CODES).create();
    }

    /** The password is entered, and level 2 asked for. */
    private LoginClient toLevelTwo(TestUser user) {
        LoginClient session = realm.newBrowser();
        session.open(Map.of("acr_values", "2"));
        session.password(user.username(), user.password());
        return session;
    }

    private LoginClient levelTwo(TestUser user) {
        LoginClient session = toLevelTwo(user);
        session.otp(user.totp().now());
        session.assertSignedIn();
        return session;
    }

    private static String credential(TestUser user) {
        return user.admin().credentialId(BackupCodesNames.CREDENTIAL);
    }

    /** As the account console sees it, which lists both types. */
    private boolean isRemovable(String token) throws IOException, InterruptedException {
        JsonNode types = Json.read(account(token, "GET", "").body());
        assertThat(types.findValuesAsText("type")).contains("otp", BackupCodesNames.CREDENTIAL);
        return Json.list(types).stream()
                .filter(type -> type.path("type").asText().equals(BackupCodesNames.CREDENTIAL))
                .findFirst()
                .orElseThrow()
                .path("removeable")
                .asBoolean();
    }

    private HttpResponse<String> account(String token, String method, String rest)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(realm.url() + "/account/credentials" + rest))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String token(LoginClient session) {
        return session.tokens().path("access_token").asText();
    }

    private static String acr(LoginClient session) {
        return session.idToken().path("acr").asText();
    }
}
