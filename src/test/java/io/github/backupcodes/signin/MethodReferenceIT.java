package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Which methods the tokens name ({@code amr}, RFC 8176): those that the administrator has given to the executions which the
 * user went through, by Keycloak's <i>Authenticator Reference</i>, and no other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MethodReferenceIT {

    private static final String PASSWORD = "pwd";
    private static final String OTP = "otp";
    private static final String CODE = "backup-code";

    private final TestRealm realm = TestRealm.create();
    private final TestCodeSet codes = TestCodeSet.of(3);

    @BeforeAll
    void configure() {
        RealmAdmin admin = realm.admin();
        refer("auth-username-password-form", PASSWORD);
        refer("auth-otp-form", OTP);
        refer(BackupCodesNames.AUTHENTICATOR, CODE);
        admin.nameMethodsInTokens(TestRealm.CLIENT);
    }

    @AfterAll
    void close() {
        realm.close();
    }

    @Test
    void aCodeIsNamedAndTheAuthenticatorAppIsNot() {
        TestUser user = realm.user("alice").otp().codes(codes).create();
        LoginClient session = realm.signInWith(user, TestCodeSet.wrong());
        session.backupCode(codes.code(0));

        JsonNode tokens = session.tokens();

        assertThat(methods(tokens, "id_token")).containsExactlyInAnyOrder(PASSWORD, CODE);
        assertThat(methods(tokens, "access_token")).containsExactlyInAnyOrder(PASSWORD, CODE);
    }

    @Test
    void theAuthenticatorAppIsNamedAndACodeThatWasNotAcceptedIsNot() {
        TestUser user = realm.user("bob").otp().codes(codes).create();
        LoginClient session = realm.signInWith(user, TestCodeSet.wrong());
        session.choose(realm.admin().execution(TestRealm.FLOW, "auth-otp-form"));
        session.otp(user.totp().now());

        assertThat(methods(session.tokens(), "id_token")).containsExactlyInAnyOrder(PASSWORD, OTP);
    }

    private void refer(String authenticator, String reference) {
        realm.admin().nameMethod(TestRealm.FLOW, authenticator, reference);
    }

    private static List<String> methods(JsonNode tokens, String which) {
        return Json.texts(LoginClient.claims(tokens.path(which).asText()).path("amr"));
    }
}
