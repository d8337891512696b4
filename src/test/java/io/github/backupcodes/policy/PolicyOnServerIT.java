package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.support.realm.AdminException;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import java.util.HashMap;
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
            assertThat(realm.admin().codesSetting("code-count").asText()).isEqualTo("0");
            long mark = SERVER.log().mark();
            for (int i = 0; i < 3; i++) {
                TestUser user =
                        realm.user("user-" + i).otp().mustGenerateCodes().create();
                LoginClient client = realm.signInWithApp(user);
                assertThat(client.page().backupCodes())
                        .as("%s", client.page())
                        .hasSize(10)
                        .allMatch(code -> code.length() == 17);
                client.saveCodes();
                client.assertSignedIn();
            }
            String log = SERVER.log().since(mark);
            assertThat(log)
                    .containsOnlyOnce("code-count must be 1 to 50: using 10. Correct it in the required action")
                    .containsOnlyOnce("code-format must be base32 or digits")
                    .containsOnlyOnce("low-threshold must be 0 to 50: using 3")
                    .containsOnlyOnce("ask-users-with-second-factor must be off or offer or require");
        }
    }

    @Test
    void asManyDigitsAsTheNumberOfCodesAsksForAndTheAdministratorIsToldWhereAsvsAsksForMore() {
        try (TestRealm realm = TestRealm.create()) {
            long mark = SERVER.log().mark();
            configure(realm, "code-length", "8", "code-count", "50");
            assertThat(SERVER.log().since(mark)).doesNotContain("OWASP");
            configure(realm, "code-length", "6", "code-count", "1");
            assertThat(SERVER.log().since(mark))
                    .contains("New backup codes have 19.9 bits")
                    .contains("OWASP ASVS 5.0 (6.5.4)")
                    .contains("code-length to 7");
            assertThatThrownBy(() -> configure(realm, "code-length", "6", "code-count", "50"))
                    .isInstanceOf(AdminException.class)
                    .hasMessageContaining("code-length");
        }
    }

    /** As a realm may have them from before: sets that are there go on, new ones have as many digits as they need. */
    @Test
    void aLengthThatIsTooShortForSoManyCodesIsPassedOverAndOldSetsWork() {
        Map<String, String> short6 = Map.of("code-format", "digits", "code-length", "6", "code-count", "10");
        try (TestRealm realm = TestRealm.on(SERVER).importedPolicy(short6).create()) {
            HelpDeskCode.prepare(realm);
            long mark = SERVER.log().mark();
            TestCodeSet codes = TestCodeSet.of(10, new CodeFormat(Alphabet.DIGITS, 6));
            TestUser owner = realm.user("owner").otp().codes(codes).create();
            realm.signInWith(owner, codes.code(3)).assertSignedIn();

            TestUser user = realm.user("maker").otp().mustGenerateCodes().create();
            LoginClient client = realm.signInWithApp(user);
            assertThat(client.page().backupCodes()).hasSize(10).allMatch(code -> code.length() == 9);
            assertThat(SERVER.log().since(mark)).containsOnlyOnce("code-length must be 7 to 16: using 8");
        }
    }

    private static void configure(TestRealm realm, String... values) {
        Map<String, String> config = new HashMap<>(Map.of("code-format", "digits"));
        for (int i = 0; i < values.length; i += 2) {
            config.put(values[i], values[i + 1]);
        }
        realm.admin().configureCodes(config);
    }
}
