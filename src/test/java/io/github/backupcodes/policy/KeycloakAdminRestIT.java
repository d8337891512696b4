package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.AdminException;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators see and do through Keycloak's own admin REST. */
class KeycloakAdminRestIT {

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    @Test
    void administratorsSeeTheStateButNoSecretAndMayDelete() {
        TestUser user =
                realm.user("alice").otp().codes(TestCodeSet.of(3).used(1)).create();
        JsonNode credential =
                user.admin().credentials(BackupCodesNames.CREDENTIAL).get(0);
        assertThat(credential.has("secretData")).isFalse();
        assertThat(credential.toString()).doesNotContain("salt", "hashes");
        JsonNode open = user.admin().backupCodes();
        assertThat(open.path("total").asInt()).isEqualTo(3);
        assertThat(open.path("uses")).hasSize(1);

        user.admin().deleteCredential(credential.path("id").asText());
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        assertThat(user.admin().credentials("otp")).hasSize(1);
        assertThat(realm.admin().adminEvents().get(0).path("operationType").asText())
                .isEqualTo("ACTION");

        LoginClient client = realm.signIn(user);
        client.page().assertHasNo(Selectors.ANOTHER_WAY_FORM);
    }

    @ParameterizedTest
    @CsvSource({
        "code-count, 1, 50",
        "code-length, 10, 32",
        "expires-after-days, 0, 3650",
        "max-failures, 0, 100",
        "pause-minutes, 1, 1440"
    })
    void aSettingOutOfRangeIsRefused(String key, int least, int most) {
        for (String bad : List.of(
                String.valueOf(least - 1),
                String.valueOf(most + 1),
                "-1",
                "1.5",
                "ten",
                "1e1",
                "99999999999999999999")) {
            assertThatExceptionOfType(AdminException.class)
                    .as("%s=%s", key, bad)
                    .isThrownBy(() -> configure(Map.of(key, bad)))
                    .satisfies(refused -> {
                        assertThat(refused.status()).isEqualTo(400);
                        assertThat(refused.body())
                                .contains(
                                        "backupCodesSettingOutOfRange",
                                        key,
                                        String.valueOf(least),
                                        String.valueOf(most));
                    });
        }
        for (int good : new int[] {least, most}) {
            configure(Map.of(key, String.valueOf(good)));
            assertThat(realm.admin().codesSetting(key).asInt()).isEqualTo(good);
        }
        configure(Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "backupCodesSettingNoChoice, code-format, Base32",
        "backupCodesSettingNoChoice, confirmation, no",
        "backupCodesSettingOutOfRange, code-length, 9",
        "backupCodesSettingOutOfRange, low-threshold, 51",
        "backupCodesSettingLowTooHigh, low-threshold, 10",
        "backupCodesSettingLowTooHigh, low-threshold, 1, code-count, 1",
        "backupCodesSettingLimitNeeded, max-failures, 0, code-length, 13",
        "backupCodesSettingLimitNeeded, max-failures, 0, code-format, digits",
        "backupCodesSettingOutOfRange, code-length, 5, code-format, digits",
        "backupCodesSettingOutOfRange, code-length, 17, code-format, digits"
    })
    void whatDoesNotFitTogetherIsRefused(ArgumentsAccessor arguments) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 1; i < arguments.size(); i += 2) {
            settings.put(arguments.getString(i), arguments.getString(i + 1));
        }
        assertThatExceptionOfType(AdminException.class)
                .isThrownBy(() -> configure(settings))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.body()).contains(arguments.getString(0), arguments.getString(1));
                });
    }

    @Test
    void digitsAndTheirEndAreAsTheSettingsSayAndOldSetsStayAsTheyAre() {
        try (TestRealm own = TestRealm.create()) {
            TestCodeSet old = TestCodeSet.of(2);
            TestUser before = own.user("before").otp().codes(old).create();
            TestCodeSet over = TestCodeSet.of(2).expiringAt(Instant.now());
            TestUser late = own.user("late").otp().codes(over).create();
            own.admin().configureCodes(Map.of("code-count", "2", "code-format", "digits", "expires-after-days", "30"));
            TestUser user = own.user("alice").otp().mustGenerateCodes().create();
            LoginClient client = own.signInWithApp(user);
            List<String> codes = client.page().backupCodes();
            assertThat(codes).as("%s", client.page()).hasSize(2).allMatch(code -> code.matches("\\d{4}-\\d{4}"));
            client.saveCodes();

            JsonNode saved = user.admin().backupCodes();
            assertThat(saved.path("scheme").path("iterations").asInt()).isEqualTo(5);
            assertThat(Duration.between(
                            Instant.parse(saved.path("createdAt").asText()),
                            Instant.parse(saved.path("expiresAt").asText())))
                    .isEqualTo(Duration.ofDays(30));
            own.signInWith(user, codes.get(0).replace("-", " ")).assertSignedIn();
            own.signInWith(before, old.code(1)).assertSignedIn();
            LoginClient expired = own.signInWith(late, over.code(0));
            expired.assertNotSignedIn();
            assertThat(expired.page().error()).contains("expired");
        }
    }

    @Test
    void theSettingsDecideHowNewCodesLook() {
        try (TestRealm own = TestRealm.create()) {
            own.admin().configureCodes(Map.of("code-count", "4", "code-length", "20"));
            TestUser user = own.user("alice").otp().mustGenerateCodes().create();
            LoginClient client = own.signInWithApp(user);
            assertThat(client.page().backupCodes())
                    .as("%s", client.page())
                    .hasSize(4)
                    .allMatch(code -> code.replace("-", "").length() == 20);
            client.saveCodes();
            JsonNode saved = user.admin().backupCodes();
            assertThat(saved.path("total").asInt()).isEqualTo(4);
            assertThat(saved.path("format").path("length").asInt()).isEqualTo(20);
        }
    }

    private static void configure(Map<String, String> settings) {
        realm.admin().configureCodes(settings);
    }
}
