package io.github.backupcodes.loginverification;

import static io.github.backupcodes.loginverification.LoginVerificationClient.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.FlowBuilder;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the account console is told: it shows what the account REST says. */
public class LoginVerificationInConsoleIT {

    private static final String TYPE = "login-verification";

    @Test
    void itCanBeTurnedOnThereUnlessItIsOn() {
        try (TestRealm realm = TestRealm.create()) {
            TestUser off = realm.user("without-factor").create();
            TestUser on = realm.user("with-factor").otp().create();
            assertThat(type(visit(realm, off), TYPE).isMissingNode())
                    .as("the realm does not have the action")
                    .isTrue();
            LoginVerificationClient.ready(realm);
            JsonNode offered = type(visit(realm, off), TYPE);
            assertThat(offered.path("createAction").asText()).isEqualTo(BackupCodesNames.VERIFICATION);
            assertThat(offered.path("category").asText()).isEqualTo("two-factor");
            assertThat(type(realm.signInWithApp(on), TYPE).isMissingNode()).isTrue();
            assertThat(realm.admin()
                            .get("/backup-codes/coverage")
                            .path("usersWithSecondFactor")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void codesThatNobodyAsksForAreCalledThat() {
        try (TestRealm realm = TestRealm.create()) {
            TestUser user = realm.user("codes-only").codes(TestCodeSet.of(5)).create();
            assertThat(codes(visit(realm, user)))
                    .contains("backupCodesNotAskedTitle", "backupCodesNotAskedText", "backupCodesRemaining");
            TestUser on =
                    realm.user("with-factor").otp().codes(TestCodeSet.of(5)).create();
            assertThat(codes(realm.signInWithApp(on))).doesNotContain("backupCodesNotAsked");
        }
    }

    /** As on the page of new codes: a second factor helps only if a flow requests it. */
    @Test
    void codesBesideASecondFactorThatNoFlowAcceptsAreCalledThatToo() {
        try (TestRealm realm = TestRealm.create()) {
            TestUser user =
                    realm.user("with-factor").otp().codes(TestCodeSet.of(5)).create();
            FlowBuilder.in(realm.admin(), "password only").execution("auth-username-password-form", "REQUIRED");
            realm.admin().bindBrowserFlow("password only");
            assertThat(codes(visit(realm, user))).contains("backupCodesNotAskedTitle", "backupCodesNotAskedText");
        }
    }

    @Test
    void codesThatAreAskedForAloneAreNot() {
        try (TestRealm realm = TestRealm.create()) {
            realm.admin().configureExecution(realm.backupCodeExecution(), Map.of("ask-without-second-factor", "true"));
            TestCodeSet codes = TestCodeSet.of(5);
            TestUser user = realm.user("codes-only").codes(codes).create();
            LoginClient client = visit(realm, user);
            client.backupCode(codes.code(0));
            assertThat(codes(client)).doesNotContain("backupCodesNotAsked");
        }
    }

    private static LoginClient visit(TestRealm realm, TestUser user) {
        return signIn(realm, user).client();
    }

    private static String codes(LoginClient client) {
        return type(client, BackupCodesNames.CREDENTIAL).toString();
    }

    /** What the account console lists of a type, for someone who has signed in; nothing where it does not. */
    public static JsonNode type(LoginClient client, String type) {
        String token = client.tokens().path("access_token").asText();
        URI credentials = URI.create(Json.read(payload(token)).path("iss").asText() + "/account/credentials");
        JsonNode types = Json.read(client.send(client.request(credentials)
                        .setHeader("Accept", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .GET()
                        .build())
                .body());
        for (JsonNode listed : types) {
            if (listed.path("type").asText().equals(type)) {
                return listed;
            }
        }
        return types.path("none");
    }

    private static String payload(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }
}
