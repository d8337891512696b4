package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Keycloak's own scenarios for its recovery codes ({@code RecoveryAuthnCodesAuthenticatorTest}), where they make sense
 * with codes in any order:
 *
 * <table>
 *   <caption>Where each has its counterpart</caption>
 *   <tr><td>test01, test02</td><td>set up, other sessions ended or kept: {@code RenewalIT}</td></tr>
 *   <tr><td>test03, test04</td><td>date or codes changed by the client: {@code TamperingIT}</td></tr>
 *   <tr><td>test05</td><td>sign in after "Try another way": here, and in a browser in {@code SmokeIT}</td></tr>
 *   <tr><td>test06</td><td>the same code in two browsers: here, and at the same moment in the tests of races</td></tr>
 *   <tr><td>test07</td><td>codes required by the flow are set up at sign-in: here</td></tr>
 *   <tr><td>test08</td><td>detection of brute force: {@code LockoutIT}</td></tr>
 *   <tr><td>test09</td><td>threshold of the warning, as the account console gets it: here</td></tr>
 * </table>
 */
class RecoveryCodesCounterpartIT {

    private static final TestCodeSet CODES = TestCodeSet.of(3);

    @Test
    void signInAfterTryAnotherWay() {
        try (TestRealm realm = TestRealm.create()) {
            TestUser user = realm.user("alice").otp().codes(CODES).create();
            LoginClient client = realm.signIn(user);
            client.tryAnotherWay();
            assertThat(client.page().document().text()).contains(Messages.of("backup-code-form-display-name"));
            client.choose(realm.backupCodeExecution());
            client.backupCode(CODES.code(2));
            client.assertSignedIn();
        }
    }

    @Test
    void theSameCodeInTwoBrowsers() {
        try (TestRealm realm = TestRealm.create()) {
            TestUser user = realm.user("alice").otp().codes(CODES).create();
            LoginClient first = realm.openCodePage(user);
            LoginClient second = realm.openCodePage(user);
            first.backupCode(CODES.code(0));
            second.backupCode(CODES.code(0));
            first.assertSignedIn();
            second.assertNotSignedIn();
            second.page().assertError("backupCodeErrorUsed");
            assertThat(realm.admin().events("LOGIN_ERROR"))
                    .singleElement()
                    .extracting(event -> event.path("error").asText())
                    .isEqualTo("invalid_user_credentials");
        }
    }

    @Test
    void codesThatTheFlowRequiresAreSetUpAtSignIn() {
        try (TestRealm realm = TestRealm.create()) {
            RealmAdmin admin = realm.admin();
            String secondFactor = admin.executions(TestRealm.FLOW).stream()
                    .filter(info -> info.path("displayName").asText().equals(TestRealm.SECOND_FACTOR_FLOW))
                    .findFirst()
                    .orElseThrow()
                    .path("id")
                    .asText();
            admin.requireExecution(TestRealm.FLOW, secondFactor, "REQUIRED");
            admin.requireExecution(TestRealm.FLOW, admin.execution(TestRealm.FLOW, "auth-otp-form"), "DISABLED");
            admin.requireExecution(TestRealm.FLOW, realm.backupCodeExecution(), "REQUIRED");
            TestUser user = realm.user("alice").create();

            LoginClient first = realm.signIn(user);
            List<String> codes = first.page().backupCodes();
            assertThat(codes).as("%s", first.page()).hasSize(10);
            first.saveCodes();
            first.assertSignedIn();

            LoginClient second = realm.signIn(user);
            second.backupCode(codes.get(9));
            second.assertSignedIn();
        }
    }

    @Test
    void theThresholdOfThePolicyDecidesWhenTheAccountConsoleWarns() throws IOException, InterruptedException {
        try (TestRealm realm = TestRealm.builder().policy("low-threshold", "1").create()) {
            TestUser user = realm.user("alice").otp().codes(CODES.used(0)).create();
            LoginClient client = realm.signInWithApp(user);
            String token = client.tokens().path("access_token").asText();

            JsonNode before = accountSays(realm, token);
            assertThat(before.path("infoMessage").path("key").asText()).isEqualTo("backupCodesRemaining");
            assertThat(before.path("infoMessage").path("parameters")).hasToString("[\"2\",\"3\"]");
            assertThat(before.path("warningMessageTitle").isMissingNode()
                            || before.path("warningMessageTitle").isNull())
                    .isTrue();
            assertThat(before.path("credential").path("secretData").asText("")).isEmpty();

            LoginClient again = realm.signInWith(user, CODES.code(1));
            again.assertSignedIn();
            JsonNode after = accountSays(realm, token);
            assertThat(after.path("infoMessage").path("parameters")).hasToString("[\"1\",\"3\"]");
            assertThat(after.path("warningMessageTitle").path("key").asText()).isEqualTo("backupCodesFewLeftTitle");
        }
    }

    private static JsonNode accountSays(TestRealm realm, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(realm.url() + "/account/credentials"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return Json.list(Json.read(answer)).stream()
                .filter(type -> type.path("type").asText().equals(BackupCodesNames.CREDENTIAL))
                .findFirst()
                .orElseThrow()
                .path("userCredentialMetadatas")
                .path(0);
    }
}
