package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A set works as it was made, whatever the policy has become. */
class PolicyChangeIT {

    private static final List<Map<String, String>> POLICIES = List.of(
            Map.of("code-format", "digits", "code-length", "7", "code-count", "3"),
            Map.of("code-format", "digits", "code-length", "16", "code-count", "2"),
            Map.of("code-length", "10", "code-count", "2"),
            Map.of("code-length", "32", "code-count", "2", "max-failures", "0"),
            Map.of("code-count", "2", "expires-after-days", "3650"),
            Map.of("code-count", "1"),
            Map.of());

    /** A user with codes, and their public data as they were saved. */
    private record Owner(TestUser user, List<String> codes, JsonNode stored) {}

    @Test
    void everySetOutlivesEveryPolicy() {
        try (TestRealm realm = TestRealm.create()) {
            List<Owner> owners = new ArrayList<>();
            for (int i = 0; i < POLICIES.size(); i++) {
                realm.admin().configureCodes(POLICIES.get(i));
                TestUser user = realm.user("under-" + i).otp().create();
                List<String> codes = realm.generateCodes(user);
                owners.add(new Owner(user, codes, user.admin().backupCodes()));
            }
            for (int i = 0; i < POLICIES.size(); i++) {
                // each set meets the policy of the next one, which differs in what it differs in most
                realm.admin().configureCodes(POLICIES.get((i + 1) % POLICIES.size()));
                TestUser user = owners.get(i).user();
                String code = owners.get(i).codes().get(0);
                assertThat(user.admin().backupCodes())
                        .as("set %d is as it was made", i)
                        .isEqualTo(owners.get(i).stored());
                LoginClient client = realm.enterCode(user, code.replace("-", " "));
                assertThat(client.isAfterUse())
                        .as("set %d: %s", i, client.page())
                        .isTrue();
                LoginClient again = realm.signInWith(user, code);
                assertThat(again.page().error())
                        .as("set %d, a second time", i)
                        .isEqualTo(Messages.of(
                                owners.get(i).codes().size() == 1 ? "backupCodeErrorNoneLeft" : "backupCodeErrorUsed"));
            }
        }
    }
}
