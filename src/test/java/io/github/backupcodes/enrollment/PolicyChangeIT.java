package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.CodeList;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import io.github.backupcodes.support.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A set works as it was made, whatever the policy has become. */
class PolicyChangeIT {

    private static final List<Map<String, String>> POLICIES = List.of(
            Map.of("code-format", "digits", "code-length", "6", "code-count", "3"),
            Map.of("code-format", "digits", "code-length", "16", "code-count", "2"),
            Map.of("code-length", "10", "code-count", "2"),
            Map.of("code-length", "32", "code-count", "2", "max-failures", "0"),
            Map.of("code-count", "2", "expires-after-days", "3650"),
            Map.of("code-count", "1"),
            Map.of());

    @Test
    void everySetOutlivesEveryPolicy() {
        try (TestRealm realm = TestRealm.create()) {
            Map<TestUser, List<String>> sets = new LinkedHashMap<>();
            Map<TestUser, JsonNode> stored = new LinkedHashMap<>();
            for (int i = 0; i < POLICIES.size(); i++) {
                realm.admin().configureRequiredAction(BackupCodesNames.ACTION, POLICIES.get(i));
                TestUser user = realm.user("under-" + i).otp().create();
                sets.put(user, CodeList.madeBy(user, realm));
                stored.put(user, user.admin().backupCodes());
            }
            for (int i = 0; i < POLICIES.size(); i++) {
                // each set meets the policy of the next one, which differs in what it differs in most
                realm.admin().configureRequiredAction(BackupCodesNames.ACTION, POLICIES.get((i + 1) % POLICIES.size()));
                TestUser user = List.copyOf(sets.keySet()).get(i);
                String code = sets.get(user).get(0);
                assertThat(user.admin().backupCodes())
                        .as("set %d is as it was made", i)
                        .isEqualTo(stored.get(user));
                LoginClient client = Visit.newBrowser(realm);
                client.signIn(user);
                client.choose(realm.backupCodeExecution());
                client.enterBackupCode(code.replace("-", " "));
                assertThat(client.isAfterUse())
                        .as("set %d: %s", i, client.page())
                        .isTrue();
                LoginClient again = Visit.signInWith(realm, user, code);
                assertThat(again.page().error())
                        .as("set %d, a second time", i)
                        .isEqualTo(Words.of("backupCodeErrorUsed"));
            }
        }
    }
}
