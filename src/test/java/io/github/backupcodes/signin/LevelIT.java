package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.StepUpFlow;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.SharedServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Step-up authentication: the codes belong to level 2, and nobody at level 1 gets at them. */
@ParameterizedClass(name = "passkeys: {0}")
@ValueSource(booleans = {false, true})
class LevelIT {

    private static final Map<Boolean, LevelRealm> REALMS = new ConcurrentHashMap<>();

    private final TestRealm realm;
    private final String backupCode;

    LevelIT(boolean passkeys) {
        LevelRealm shared = REALMS.computeIfAbsent(passkeys, LevelRealm::create);
        realm = shared.realm();
        backupCode = shared.backupCode();
    }

    /** A realm with two levels, and its execution for backup codes. */
    private record LevelRealm(TestRealm realm, String backupCode) {

        static LevelRealm create(boolean passkeys) {
            TestRealm realm =
                    TestRealm.on(SharedServer.get()).passkeys(passkeys).create();
            return new LevelRealm(realm, StepUpFlow.bindIn(realm.admin()));
        }
    }

    @AfterAll
    static void close() {
        REALMS.values().forEach(shared -> shared.realm().close());
    }

    @Test
    void the_password_alone_is_level_one_and_a_code_beside_it_level_two() {
        TestUser alice = realm.user("alice").otp().create();
        List<String> codes = makeCodes(alice);

        LoginClient first = session();
        first.signIn(alice);
        assertThat(acr(first)).isEqualTo("1");

        LoginClient second = session();
        second.open(Map.of("acr_values", "2"));
        second.password(alice.username(), alice.password());
        second.choose(backupCode);
        second.backupCode(codes.get(4));
        assertThat(acr(second)).isEqualTo("2");
    }

    @Test
    void a_session_at_level_one_cannot_renew_the_codes() {
        TestUser bob = realm.user("bob").otp().create();
        makeCodes(bob);
        LoginClient session = session();
        session.signIn(bob);
        assertThat(acr(session)).isEqualTo("1");

        HttpPage page = session.open(Map.of("kc_action", BackupCodesNames.ACTION));

        assertThat(page.backupCodes()).isEmpty();
        assertThat(page.has("#otp")).as("%s", page).isTrue();
        assertThat(session.otp(bob.totp().now()).backupCodes()).hasSize(10);
    }

    @Test
    void codes_that_an_administrator_asked_for_are_not_given_out_at_level_one() {
        TestUser erin = realm.user("erin").otp().create();
        erin.admin().require(BackupCodesNames.ACTION);

        LoginClient weak = session();
        HttpPage page = weak.signIn(erin);
        assertThat(page.backupCodes()).isEmpty();
        assertThat(acr(weak)).isEqualTo("1");
        assertThat(erin.admin().requiredActions()).contains(BackupCodesNames.ACTION);

        LoginClient strong = session();
        strong.open(Map.of("acr_values", "2"));
        strong.password(erin.username(), erin.password());
        assertThat(strong.otp(erin.totp().now()).backupCodes()).hasSize(10);
    }

    /** The session is at level 2 since it was younger; that it was entered anew proves no more than the password. */
    @Test
    void a_new_sign_in_by_password_makes_no_old_one_fresh() {
        TestUser fran = realm.user("fran").otp().create();
        makeCodes(fran);
        LoginClient session = session();
        session.open(Map.of("acr_values", "2"));
        session.password(fran.username(), fran.password());
        session.otp(fran.totp().now());
        assertThat(acr(session)).isEqualTo("2");

        session.open(Map.of("acr_values", "1", "prompt", "login"));
        session.submit("#kc-form-login", Map.of("password", fran.password()));
        assertThat(session.isSignedIn()).as("%s", session.page()).isTrue();
        fran.admin().require(BackupCodesNames.ACTION);
        session.open(Map.of("acr_values", "2"));
        assertThat(session.page().backupCodes()).as("%s", session.page()).isEmpty();
        assertThat(fran.admin().requiredActions()).contains(BackupCodesNames.ACTION);

        session.open(Map.of("kc_action", BackupCodesNames.ACTION));
        assertThat(session.page().has("#kc-form-login"))
                .as("%s", session.page())
                .isTrue();
        session.submit("#kc-form-login", Map.of("password", fran.password()));
        assertThat(session.otp(fran.totp().now()).backupCodes())
                .as("%s", session.page())
                .hasSize(10);
    }

    @Test
    void a_session_at_level_one_cannot_delete_the_codes() {
        TestUser carol = realm.user("carol").otp().create();
        makeCodes(carol);
        String credential = carol.admin()
                .credentials(BackupCodesNames.CREDENTIAL)
                .get(0)
                .path("id")
                .asText();
        LoginClient session = session();
        session.signIn(carol);

        HttpPage page = session.open(Map.of("kc_action", "delete_credential:" + credential));

        assertThat(page.has("#otp")).as("%s", page).isTrue();
        assertThat(carol.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);
    }

    @Test
    void a_user_without_a_second_factor_makes_codes_at_level_one() {
        TestUser dave = realm.user("dave").create();
        LoginClient session = session();
        session.signIn(dave);

        assertThat(session.open(Map.of("kc_action", BackupCodesNames.ACTION)).backupCodes())
                .hasSize(10);
    }

    private List<String> makeCodes(TestUser user) {
        user.admin().require(BackupCodesNames.ACTION);
        LoginClient session = session();
        session.open(Map.of("acr_values", "2"));
        session.password(user.username(), user.password());
        session.otp(user.totp().now());
        List<String> codes = session.page().backupCodes();
        session.saveCodes();
        assertThat(session.isSignedIn()).as("%s", session.page()).isTrue();
        return codes;
    }

    private LoginClient session() {
        return realm.newBrowser();
    }

    private static String acr(LoginClient session) {
        String token = session.tokens().path("id_token").asText();
        JsonNode claims =
                Json.read(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
        return claims.path("acr").asText();
    }
}
