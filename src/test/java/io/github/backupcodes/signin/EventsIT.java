package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is on record of a set from its making to its end: type, remaining codes, reason, and never a code. */
class EventsIT {

    @Test
    void theLifeOfASetIsOnRecordWithoutItsCodes() {
        try (TestRealm realm = TestRealm.create()) {
            TestUser user = realm.user("alice").otp().mustGenerateCodes().create();
            LoginClient making = realm.signInWithApp(user);
            List<String> codes = new ArrayList<>(making.page().backupCodes());
            making.saveCodes();

            LoginClient using = realm.signInWith(user, codes.get(3));
            using.assertSignedIn();

            realm.signInWith(user, codes.get(3));

            String id = user.admin().credentialId(BackupCodesNames.CREDENTIAL);
            using.open(Map.of("kc_action", BackupCodesNames.ACTION));
            codes.addAll(using.page().backupCodes());
            using.saveCodes();
            using.open(Map.of("kc_action", "delete_credential:" + id));
            using.submit("form:has([name=accept])", Map.of("accept", ""));
            assertThat(using.parameter("kc_action_status")).contains("success");
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();

            List<JsonNode> made = realm.admin().events("UPDATE_CREDENTIAL");
            assertThat(made).hasSize(2);
            assertThat(made).allSatisfy(event -> {
                assertThat(Event.detail(event, "credential_id")).isEqualTo(id);
                assertThat(event.path("userId").asText()).isEqualTo(user.id());
                assertThat(Event.detail(event, "credential_type")).isEqualTo(BackupCodesNames.CREDENTIAL);
                assertThat(Event.detail(event, "backup_codes_remaining")).isEqualTo("10");
            });

            // the sign-in with a code says so, the one that made the codes does not
            assertThat(realm.admin().events("LOGIN").stream()
                            .filter(event -> !Event.detail(event, "backup_codes_remaining")
                                    .isEmpty()))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(Event.detail(event, "credential_type")).isEqualTo(BackupCodesNames.CREDENTIAL);
                        assertThat(Event.detail(event, "backup_codes_remaining"))
                                .isEqualTo("9");
                    });

            Event.assertOnly(
                    realm.admin().events("LOGIN_ERROR"),
                    Map.of("credential_type", BackupCodesNames.CREDENTIAL, "reason", "backup_code_already_used"));

            Event.assertOnly(
                    realm.admin().events("REMOVE_CREDENTIAL"),
                    Map.of("credential_type", BackupCodesNames.CREDENTIAL, "credential_id", id));

            String all = (realm.admin().events().toString()
                            + realm.admin().adminEvents().toString())
                    .toUpperCase(Locale.ROOT)
                    .replaceAll("[^A-Z0-9]", "");
            assertThat(codes).hasSize(20);
            assertThat(all).contains(user.id().toUpperCase(Locale.ROOT).replace("-", ""));
            for (String code : codes) {
                assertThat(all.contains(code.replace("-", "")))
                        .as("a code is on record")
                        .isFalse();
            }
        }
    }

    @Test
    void theLastCodeIsOnRecordThoughNewOnesAreMadeBeforeTheSignInIsComplete() {
        try (TestRealm realm = TestRealm.builder().policy("code-count", "1").create()) {
            TestUser user = realm.user("bob").otp().mustGenerateCodes().create();
            LoginClient making = realm.signInWithApp(user);
            String only = making.page().backupCodes().get(0);
            making.saveCodes();
            realm.admin().clearEvents();

            LoginClient using = realm.signInWith(user, only);
            assertThat(using.makeCodes().backupCodes()).hasSize(1);
            using.saveCodes();
            using.assertSignedIn();

            Event.assertOnly(
                    realm.admin().events("LOGIN"),
                    Map.of("credential_type", BackupCodesNames.CREDENTIAL, "backup_codes_remaining", "0"));
            Event.assertOnly(realm.admin().events("UPDATE_CREDENTIAL"), Map.of("backup_codes_remaining", "1"));
        }
    }
}
