package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.userprofile.ValidationException;

class SettingTest {

    @ParameterizedTest
    @CsvSource({
        "CODE_COUNT, 1, 50, 10",
        "CODE_LENGTH, 10, 32, 15",
        "LOW_THRESHOLD, 0, 50, 3",
        "MAX_FAILURES, 0, 100, 10",
        "PAUSE_MINUTES, 1, 1440, 15"
    })
    void each_takes_its_range_and_has_its_default(Setting setting, int min, int max, int defaultValue) {
        assertThat(setting.in(Map.of())).isEqualTo(defaultValue);
        assertThat(setting.in(Map.of(setting.key(), String.valueOf(min)))).isEqualTo(min);
        assertThat(setting.in(Map.of(setting.key(), String.valueOf(max)))).isEqualTo(max);
        assertThat(setting.in(Map.of(setting.key(), String.valueOf(min - 1)))).isEqualTo(defaultValue);
        assertThat(setting.in(Map.of(setting.key(), String.valueOf(max + 1)))).isEqualTo(defaultValue);
        assertThatCode(() -> setting.validate(config(setting, String.valueOf(min))))
                .doesNotThrowAnyException();
        assertThatCode(() -> setting.validate(config(setting, String.valueOf(max))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> setting.validate(config(setting, String.valueOf(min - 1))))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> setting.validate(config(setting, String.valueOf(max + 1))))
                .isInstanceOf(ValidationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "1e1", "10.0", "-", "99999999999", "0x10"})
    void what_is_no_number_is_refused_and_falls_back(String value) {
        assertThatThrownBy(() -> Setting.CODE_COUNT.validate(config(Setting.CODE_COUNT, value)))
                .isInstanceOf(ValidationException.class);
        assertThat(Setting.CODE_COUNT.in(Map.of("code-count", value))).isEqualTo(10);
    }

    @Test
    void nothing_means_the_default() {
        assertThatCode(() -> Setting.CODE_COUNT.validate(config(Setting.CODE_COUNT, " ")))
                .doesNotThrowAnyException();
        assertThat(Setting.CODE_COUNT.in(Map.of("code-count", " "))).isEqualTo(10);
    }

    private static RequiredActionConfigModel config(Setting setting, String value) {
        RequiredActionConfigModel config = new RequiredActionConfigModel();
        config.setConfig(Map.of(setting.key(), value));
        return config;
    }
}
