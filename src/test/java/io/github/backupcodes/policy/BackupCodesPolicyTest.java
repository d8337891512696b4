package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.CodeFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.userprofile.ValidationException;

class BackupCodesPolicyTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void without_a_word_of_the_administrator_the_defaults_hold() {
        assertThat(BackupCodesPolicy.of(Map.of()))
                .isEqualTo(new BackupCodesPolicy(
                        10,
                        CodeFormat.DEFAULT,
                        null,
                        3,
                        SaveConfirmation.CHECKBOX,
                        AttemptLimit.DEFAULT,
                        SetupPromptMode.OFFER,
                        true,
                        true,
                        null,
                        null,
                        false,
                        300));
    }

    @Test
    void every_setting_has_its_effect() {
        BackupCodesPolicy policy = BackupCodesPolicy.of(Map.ofEntries(
                Map.entry("code-count", "1"),
                Map.entry("code-format", "digits"),
                Map.entry("code-length", "12"),
                Map.entry("expires-after-days", "365"),
                Map.entry("low-threshold", "0"),
                Map.entry("confirmation", "retype"),
                Map.entry("max-failures", "5"),
                Map.entry("pause-minutes", "60"),
                Map.entry("ask-users-with-second-factor", "require"),
                Map.entry("notify-by-email", "false"),
                Map.entry("accept-recovery-codes", "false"),
                Map.entry("help-contact", "help@example.com"),
                Map.entry("hash-key", "k1"),
                Map.entry("hash", "keyed"),
                Map.entry("max_auth_age", "10")));

        assertThat(policy)
                .isEqualTo(new BackupCodesPolicy(
                        1,
                        new CodeFormat(Alphabet.DIGITS, 12),
                        Duration.ofDays(365),
                        0,
                        SaveConfirmation.RETYPE,
                        new AttemptLimit(5, Duration.ofHours(1)),
                        SetupPromptMode.REQUIRE,
                        false,
                        false,
                        new HelpContact("help@example.com"),
                        "k1",
                        true,
                        10));
        assertThat(policy.endOfSetMadeAt(NOON)).isEqualTo(NOON.plus(Duration.ofDays(365)));
        assertThat(BackupCodesPolicy.of(Map.of()).endOfSetMadeAt(NOON)).isNull();
    }

    @Test
    void a_key_goes_before_the_slow_hash_and_alone_only_where_codes_have_112_bits() {
        assertThat(scheme(Map.of("hash", "keyed"))).isEqualTo("argon2id");
        assertThat(scheme(Map.of("hash-key", "k1"))).isEqualTo("hmac-sha256+argon2id");
        assertThat(scheme(Map.of("hash-key", "k1", "code-length", "24"))).isEqualTo("hmac-sha256+argon2id");
        assertThat(scheme(Map.of("hash-key", "k1", "hash", "keyed", "code-length", "25")))
                .isEqualTo("hmac-sha256");
        // ten of 115 bits each are worth 111.7, eight 112
        assertThat(scheme(Map.of("hash-key", "k1", "hash", "keyed", "code-length", "24")))
                .isEqualTo("hmac-sha256+argon2id");
        assertThat(scheme(Map.of("hash-key", "k1", "hash", "keyed", "code-length", "24", "code-count", "8")))
                .isEqualTo("hmac-sha256");
        assertThat(scheme(Map.of("hash-key", "k1", "hash", "keyed", "code-length", "23")))
                .isEqualTo("hmac-sha256+argon2id");
    }

    private static String scheme(Map<String, String> config) {
        BackupCodesPolicy policy = BackupCodesPolicy.of(config);
        return policy.schemeFor(policy.format(), policy.codeCount()).id();
    }

    @Test
    void the_key_has_to_be_there_and_alone_it_needs_long_codes() {
        assertTaken(Map.of("hash-key", "k1"));
        assertTaken(Map.of("hash-key", "k1", "hash", "keyed", "code-length", "25", "code-count", "50"));
        assertTaken(Map.of("hash-key", "k1", "hash", "keyed", "code-length", "24", "code-count", "8"));
        assertRefused(
                Map.of("hash-key", "k1", "hash", "keyed", "code-length", "24", "code-count", "9"),
                "backupCodesSettingHashNeeds");
        assertRefused(Map.of("hash-key", "k2"), "backupCodesSettingKeyMissing");
        assertRefused(Map.of("hash-key", "../k1"), "backupCodesSettingNoName");
        assertRefused(Map.of("hash-key", "K_1"), "backupCodesSettingNoName");
        assertRefused(Map.of("hash", "keyed", "code-length", "24"), "backupCodesSettingHashNeeds");
        assertRefused(Map.of("hash-key", "k1", "hash", "keyed"), "backupCodesSettingHashNeeds");
        assertRefused(Map.of("hash-key", "k1", "hash", "keyed", "code-length", "23"), "backupCodesSettingHashNeeds");
        assertRefused(
                Map.of("hash-key", "k1", "hash", "keyed", "code-format", "digits", "code-length", "16"),
                "backupCodesSettingHashNeeds");
    }

    @Test
    void the_usual_length_and_its_range_depend_on_the_format() {
        assertThat(BackupCodesPolicy.of(Map.of("code-format", "digits")).format())
                .isEqualTo(CodeFormat.SHORT);
        assertThat(BackupCodesPolicy.of(Map.of("code-format", "digits", "code-length", "20"))
                        .format())
                .isEqualTo(CodeFormat.SHORT);
        assertThat(BackupCodesPolicy.of(Map.of("code-length", "6")).format()).isEqualTo(CodeFormat.DEFAULT);
        assertRefused(Map.of("code-format", "digits", "code-length", "5"), "backupCodesSettingOutOfRange");
        assertRefused(Map.of("code-format", "digits", "code-length", "17"), "backupCodesSettingOutOfRange");
        assertRefused(Map.of("code-length", "9"), "backupCodesSettingOutOfRange");
        assertTaken(Map.of("code-format", "digits", "code-length", "16"));
    }

    /** Any code of a set opens. */
    @ParameterizedTest
    @CsvSource({"1, 6", "2, 7", "10, 7", "11, 8", "50, 8"})
    void a_set_of_digits_has_at_least_the_bits_of_one_code_of_six(String count, int least) {
        Map<String, String> enough =
                Map.of("code-format", "digits", "code-count", count, "code-length", String.valueOf(least));
        assertTaken(enough);
        assertThat(BackupCodesPolicy.of(enough).format()).isEqualTo(new CodeFormat(Alphabet.DIGITS, least));
        Map<String, String> fewer =
                Map.of("code-format", "digits", "code-count", count, "code-length", String.valueOf(least - 1));
        assertRefused(fewer, "backupCodesSettingOutOfRange");
        assertThat(BackupCodesPolicy.of(fewer).format()).isEqualTo(CodeFormat.SHORT);
        assertTaken(Map.of("code-length", "10", "code-count", count));
    }

    @Test
    void the_threshold_is_below_the_number_of_codes_and_a_stored_one_is_read_as_ever() {
        assertTaken(Map.of("low-threshold", "9"));
        assertTaken(Map.of("low-threshold", "0", "code-count", "1"));
        assertTaken(Map.of("code-count", "1"));
        assertRefused(Map.of("low-threshold", "10"), "backupCodesSettingLowTooHigh");
        assertRefused(Map.of("low-threshold", "4", "code-count", "4"), "backupCodesSettingLowTooHigh");
        assertThat(BackupCodesPolicy.of(Map.of("low-threshold", "50")).lowThreshold())
                .isEqualTo(50);
    }

    @Test
    void short_codes_need_the_limit_of_wrong_ones() {
        assertRefused(Map.of("code-format", "digits", "max-failures", "0"), "backupCodesSettingLimitNeeded");
        assertRefused(Map.of("code-length", "13", "max-failures", "0"), "backupCodesSettingLimitNeeded");
        assertRefused(Map.of("code-length", "14", "max-failures", "0"), "backupCodesSettingLimitNeeded");
        assertTaken(Map.of("code-length", "14", "max-failures", "0", "code-count", "2"));
        assertTaken(Map.of("code-length", "15", "max-failures", "0", "code-count", "50"));
        assertTaken(Map.of("code-format", "digits", "max-failures", "1"));
    }

    /** As if there were none, codes would be made without the key that the administrator meant. */
    @Test
    void what_got_in_but_is_no_id_stands_for_a_key_that_is_missing() {
        BackupCodesPolicy policy = BackupCodesPolicy.of(Map.of("hash-key", " Two Words "));
        assertThat(policy.hashKey()).isEqualTo("Two Words");
        assertThat(policy.schemeFor(CodeFormat.DEFAULT, 10).id()).isEqualTo("hmac-sha256+argon2id");
        assertThat(BackupCodesPolicy.of(Map.of("hash-key", " ")).hashKey()).isNull();
    }

    private static void assertTaken(Map<String, String> values) {
        assertThatCode(() -> BackupCodesSettings.validate(SettingTest.config(values), "k1"::equals))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(Map<String, String> values, String message) {
        assertThatThrownBy(() -> BackupCodesSettings.validate(SettingTest.config(values), "k1"::equals))
                .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.getErrors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.getMessage()).isEqualTo(message)));
    }
}
