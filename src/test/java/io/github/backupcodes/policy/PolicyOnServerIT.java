package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.SharedServer;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a real server makes of settings that got past the validation, and what it tells the administrator. */
class PolicyOnServerIT {

    private static final KeycloakServer SERVER = SharedServer.get();

    @Test
    void aBadValueThatGotInFallsBackWithOneWarning() {
        // a realm is imported without the validation of its required actions
        Map<String, String> bad = Map.of(
                "code-count",
                "0",
                "code-format",
                "letters",
                "low-threshold",
                "many",
                "ask-users-with-second-factor",
                "no");
        try (TestRealm realm = TestRealm.on(SERVER).importedPolicy(bad).create()) {
            assertThat(realm.admin()
                            .requiredActionConfig(BackupCodesNames.ACTION)
                            .path("code-count")
                            .asText())
                    .isEqualTo("0");
            long mark = SERVER.log().mark();
            for (int i = 0; i < 3; i++) {
                TestUser user = realm.user("user-" + i)
                        .requiredAction(BackupCodesNames.ACTION)
                        .create();
                LoginClient client = realm.session(LoginClient.connections());
                client.signIn(user);
                assertThat(client.page().backupCodes())
                        .as("%s", client.page())
                        .hasSize(10)
                        .allMatch(code -> code.length() == 17);
                client.saveCodes();
                assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
            }
            String log = SERVER.log().since(mark);
            assertThat(log)
                    .containsOnlyOnce("code-count has to be 1 to 50: using 10. Correct it in the required action")
                    .containsOnlyOnce("code-format has to be base32 or digits")
                    .containsOnlyOnce("low-threshold has to be 0 to 50: using 3")
                    .containsOnlyOnce("ask-users-with-second-factor has to be off or offer or require");
        }
    }

    @Test
    void sixDigitsAreTakenAndTheAdministratorIsTold() {
        try (TestRealm realm = TestRealm.create()) {
            long mark = SERVER.log().mark();
            realm.admin()
                    .configureRequiredAction(
                            BackupCodesNames.ACTION, Map.of("code-format", "digits", "code-length", "7"));
            assertThat(SERVER.log().since(mark)).doesNotContain("OWASP");
            realm.admin()
                    .configureRequiredAction(
                            BackupCodesNames.ACTION, Map.of("code-format", "digits", "code-length", "6"));
            assertThat(SERVER.log().since(mark))
                    .contains("New backup codes have 19.9 bits")
                    .contains("OWASP ASVS 5.0 (6.5.4)");
        }
    }
}
