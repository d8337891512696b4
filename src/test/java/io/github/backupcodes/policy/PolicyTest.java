package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.GuessLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.userprofile.ValidationException;

class PolicyTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void without_a_word_of_the_administrator_the_defaults_hold() {
        assertThat(Policy.of(Map.of()))
                .isEqualTo(new Policy(
                        10,
                        CodeFormat.DEFAULT,
                        null,
                        3,
                        Confirmation.CHECKBOX,
                        GuessLimit.DEFAULT,
                        Asking.OFFER,
                        true,
                        true,
                        300));
    }

    @Test
    void every_setting_has_its_effect() {
        Policy policy = Policy.of(Map.ofEntries(
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
                Map.entry("max_auth_age", "10")));

        assertThat(policy)
                .isEqualTo(new Policy(
                        1,
                        new CodeFormat(Alphabet.DIGITS, 12),
                        Duration.ofDays(365),
                        0,
                        Confirmation.RETYPE,
                        new GuessLimit(5, Duration.ofHours(1)),
                        Asking.REQUIRE,
                        false,
                        false,
                        10));
        assertThat(policy.endOfSetMadeAt(NOON)).isEqualTo(NOON.plus(Duration.ofDays(365)));
        assertThat(Policy.of(Map.of()).endOfSetMadeAt(NOON)).isNull();
    }

    @Test
    void the_usual_length_and_its_range_depend_on_the_format() {
        assertThat(Policy.of(Map.of("code-format", "digits")).format()).isEqualTo(CodeFormat.SHORT);
        assertThat(Policy.of(Map.of("code-format", "digits", "code-length", "20"))
                        .format())
                .isEqualTo(CodeFormat.SHORT);
        assertThat(Policy.of(Map.of("code-length", "6")).format()).isEqualTo(CodeFormat.DEFAULT);
        assertRefused(Map.of("code-format", "digits", "code-length", "5"), "backupCodesSettingOutOfRange");
        assertRefused(Map.of("code-format", "digits", "code-length", "17"), "backupCodesSettingOutOfRange");
        assertRefused(Map.of("code-length", "9"), "backupCodesSettingOutOfRange");
        assertTaken(Map.of("code-format", "digits", "code-length", "6"));
        assertTaken(Map.of("code-format", "digits", "code-length", "16"));
    }

    @Test
    void short_codes_need_the_limit_of_wrong_ones() {
        assertRefused(Map.of("code-format", "digits", "max-failures", "0"), "backupCodesSettingLimitNeeded");
        assertRefused(Map.of("code-length", "13", "max-failures", "0"), "backupCodesSettingLimitNeeded");
        assertTaken(Map.of("code-length", "14", "max-failures", "0"));
        assertTaken(Map.of("code-format", "digits", "max-failures", "1"));
    }

    private static void assertTaken(Map<String, String> values) {
        assertThatCode(() -> Settings.validate(SettingTest.config(values))).doesNotThrowAnyException();
    }

    private static void assertRefused(Map<String, String> values, String message) {
        assertThatThrownBy(() -> Settings.validate(SettingTest.config(values)))
                .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.getErrors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.getMessage()).isEqualTo(message)));
    }
}
