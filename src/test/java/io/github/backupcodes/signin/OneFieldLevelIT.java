package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.StepUpFlow;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Step-up authentication where one form takes OTPs and codes. Keycloak knows the level of its first type only, which is the
 * OTP's; the codes are at level 2 all the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneFieldLevelIT {

    private static final TestCodeSet CODES = TestCodeSet.of(3);

    private final HttpClient http = LoginClient.connections();
    private final TestRealm realm = TestRealm.create();

    @BeforeAll
    void stepUp() {
        StepUpFlow.bindIn(realm.admin(), BackupCodesNames.ONE_FIELD);
    }

    @AfterAll
    void close() {
        realm.close();
    }

    @Test
    void a_code_beside_the_password_is_level_two() {
        TestUser alice = user("alice");
        assertThat(acr(levelOne(alice))).isEqualTo("1");
        LoginClient session = realm.newBrowser();
        session.open(Map.of("acr_values", "2"));
        session.password(alice.username(), alice.password());
        session.otpOrBackupCode(CODES.code(0));
        assertThat(acr(session)).isEqualTo("2");
    }

    @Test
    void a_session_at_level_one_cannot_renew_the_codes() {
        TestUser bob = user("bob");
        LoginClient session = levelOne(bob);

        HttpPage page = session.open(Map.of("kc_action", BackupCodesNames.ACTION));

        assertThat(page.backupCodes()).isEmpty();
        assertThat(page.has("#otp")).as("%s", page).isTrue();
        assertThat(session.otp(bob.totp().now()).backupCodes()).hasSize(10);
    }

    @Test
    void codes_that_an_administrator_asked_for_are_not_given_out_at_level_one() {
        TestUser erin = user("erin");
        erin.admin().require(BackupCodesNames.ACTION);

        LoginClient weak = realm.newBrowser();
        assertThat(weak.signIn(erin).backupCodes()).isEmpty();
        assertThat(weak.isSignedIn()).as("%s", weak.page()).isTrue();
        assertThat(erin.admin().requiredActions()).contains(BackupCodesNames.ACTION);
    }

    @Test
    void a_session_at_level_one_cannot_delete_the_codes() {
        TestUser carol = user("carol");
        LoginClient session = levelOne(carol);
        session.open(Map.of("kc_action", "delete_credential:" + credential(carol)));
        if (session.page().has("form:has([name=accept])")) {
            session.submit("form:has([name=accept])", Map.of("accept", ""));
        }
        assertThat(session.page().status()).as("%s", session.page()).isEqualTo(400);
        assertThat(carol.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);

        LoginClient strong = levelTwo(carol);
        strong.open(Map.of("kc_action", "delete_credential:" + credential(carol)));
        strong.submit("form:has([name=accept])", Map.of("accept", ""));
        assertThat(strong.parameter("kc_action_status")).contains("success");
        assertThat(carol.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
    }

    @Test
    void nor_can_its_token_in_the_account_console() throws Exception {
        TestUser dave = user("dave");
        String weak = levelOne(dave).tokens().path("access_token").asText();
        assertThat(isRemovable(weak)).isFalse();
        assertThat(account(weak, "DELETE", "/" + credential(dave)).statusCode()).isEqualTo(400);
        assertThat(dave.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);

        String strong = levelTwo(dave).tokens().path("access_token").asText();
        assertThat(isRemovable(strong)).isTrue();
        assertThat(account(strong, "DELETE", "/" + credential(dave)).statusCode())
                .isEqualTo(204);
        assertThat(dave.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
    }

    @Test
    void the_other_form_in_the_flow_though_disabled_tells_keycloak_the_level() {
        try (TestRealm told = TestRealm.create()) {
            String last = StepUpFlow.bindIn(told.admin(), BackupCodesNames.ONE_FIELD, BackupCodesNames.AUTHENTICATOR);
            told.admin().requireExecution("step-up", last, "DISABLED");
            TestUser frank = told.user("frank").otp().codes(CODES).create();
            LoginClient session = told.signIn(frank);
            assertThat(acr(session)).isEqualTo("1");

            HttpPage page = session.open(Map.of("kc_action", "delete_credential:" + credential(frank)));

            assertThat(page.has("#otp")).as("%s", page).isTrue();
        }
    }

    private TestUser user(String name) {
        return realm.user(name).otp().codes(CODES).create();
    }

    private LoginClient levelOne(TestUser user) {
        LoginClient session = realm.signIn(user);
        return session;
    }

    private LoginClient levelTwo(TestUser user) {
        LoginClient session = realm.newBrowser();
        session.open(Map.of("acr_values", "2"));
        session.password(user.username(), user.password());
        session.otp(user.totp().now());
        assertThat(session.isSignedIn()).as("%s", session.page()).isTrue();
        return session;
    }

    private static String credential(TestUser user) {
        return user.admin()
                .credentials(BackupCodesNames.CREDENTIAL)
                .get(0)
                .path("id")
                .asText();
    }

    /** As the account console sees it, which lists both types. */
    private boolean isRemovable(String token) throws IOException, InterruptedException {
        JsonNode types = Json.read(account(token, "GET", "").body());
        assertThat(types.findValuesAsText("type")).contains("otp", BackupCodesNames.CREDENTIAL);
        return StreamSupport.stream(types.spliterator(), false)
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

    private static String acr(LoginClient session) {
        String token = session.tokens().path("id_token").asText();
        JsonNode claims =
                Json.read(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
        return claims.path("acr").asText();
    }
}
