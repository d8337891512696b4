package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.userprofile.ValidationException;

class SettingTest {

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of(BackupCodesSettings.CODE_COUNT, 1, 50, 10),
                Arguments.of(BackupCodesSettings.BASE32_LENGTH, 10, 32, 15),
                Arguments.of(BackupCodesSettings.DIGITS_LENGTH, 6, 16, 8),
                Arguments.of(BackupCodesSettings.EXPIRES_AFTER_DAYS, 0, 3650, 0),
                Arguments.of(BackupCodesSettings.LOW_THRESHOLD, 0, 50, 3),
                Arguments.of(BackupCodesSettings.MAX_FAILURES, 0, 100, 10),
                Arguments.of(BackupCodesSettings.PAUSE_MINUTES, 1, 1440, 15));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void each_number_takes_its_range_and_has_its_default(NumberSetting setting, int min, int max, int defaultValue) {
        assertThat(setting.read(Map.of())).isEqualTo(defaultValue);
        assertThat(setting.read(Map.of(setting.key(), String.valueOf(min)))).isEqualTo(min);
        assertThat(setting.read(Map.of(setting.key(), String.valueOf(max)))).isEqualTo(max);
        assertThat(setting.read(Map.of(setting.key(), String.valueOf(min - 1)))).isEqualTo(defaultValue);
        assertThat(setting.read(Map.of(setting.key(), String.valueOf(max + 1)))).isEqualTo(defaultValue);
        assertTaken(setting, String.valueOf(min));
        assertTaken(setting, String.valueOf(max));
        assertRefused(setting, String.valueOf(min - 1));
        assertRefused(setting, String.valueOf(max + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "1e1", "10.0", "-", "99999999999", "0x10"})
    void what_is_no_number_is_refused_and_falls_back(String value) {
        assertRefused(BackupCodesSettings.CODE_COUNT, value);
        assertThat(BackupCodesSettings.CODE_COUNT.read(Map.of("code-count", value)))
                .isEqualTo(10);
    }

    @Test
    void nothing_means_the_default() {
        assertTaken(BackupCodesSettings.CODE_COUNT, " ");
        assertThat(BackupCodesSettings.CODE_COUNT.read(Map.of("code-count", " ")))
                .isEqualTo(10);
        assertThat(BackupCodesSettings.CONFIRMATION.read(Map.of("confirmation", "")))
                .isEqualTo(SaveConfirmation.CHECKBOX);
    }

    @Test
    void a_choice_takes_its_words_and_nothing_else() {
        assertThat(BackupCodesSettings.CONFIRMATION.read(Map.of("confirmation", "retype")))
                .isEqualTo(SaveConfirmation.RETYPE);
        assertThat(BackupCodesSettings.CONFIRMATION.read(Map.of("confirmation", " checkbox ")))
                .isEqualTo(SaveConfirmation.CHECKBOX);
        assertThat(BackupCodesSettings.CONFIRMATION.read(Map.of("confirmation", "none")))
                .isEqualTo(SaveConfirmation.CHECKBOX);
        assertTaken(BackupCodesSettings.CONFIRMATION, "retype");
        assertRefused(BackupCodesSettings.CONFIRMATION, "RETYPE");
        assertRefused(BackupCodesSettings.CONFIRMATION, "none");
    }

    @Test
    void a_switch_is_on_or_off() {
        assertThat(BackupCodesSettings.NOTIFY_BY_EMAIL.read(Map.of("notify-by-email", "false")))
                .isFalse();
        assertThat(BackupCodesSettings.NOTIFY_BY_EMAIL.read(Map.of("notify-by-email", "yes")))
                .isTrue();
        assertTaken(BackupCodesSettings.NOTIFY_BY_EMAIL, "true");
        assertRefused(BackupCodesSettings.NOTIFY_BY_EMAIL, "on");
    }

    private static void assertTaken(Setting<?> setting, String value) {
        assertThatCode(() -> setting.validate(config(Map.of(setting.key(), value))))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(Setting<?> setting, String value) {
        assertThatThrownBy(() -> setting.validate(config(Map.of(setting.key(), value))))
                .isInstanceOf(ValidationException.class);
    }

    static RequiredActionConfigModel config(Map<String, String> values) {
        RequiredActionConfigModel config = new RequiredActionConfigModel();
        config.setConfig(values);
        return config;
    }
}
