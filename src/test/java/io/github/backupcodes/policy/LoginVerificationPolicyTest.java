package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.backupcodes.code.FactorRank;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.userprofile.ValidationException;

class LoginVerificationPolicyTest {

    private static final Instant FIRST = Instant.parse("2027-03-01T10:00:00Z");

    @Test
    void nothing_configured_means_at_once() {
        LoginVerificationPolicy policy = LoginVerificationPolicy.of(Map.of());
        assertThat(policy.endOfGrace(FIRST, ZoneOffset.UTC)).isEmpty();
        assertThat(policy.asksEverybody()).isFalse();
        assertThat(policy.reminder()).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @CsvSource({
        // the day, the user's own days, the end
        "2027-03-31, 0, 2027-04-01T00:00:00Z",
        "'', 14, 2027-03-15T10:00:00Z",
        "2027-03-31, 14, 2027-04-01T00:00:00Z",
        "2027-03-05, 14, 2027-03-15T10:00:00Z",
        "2026-12-31, 0, 2027-01-01T00:00:00Z",
    })
    void the_later_of_the_two_counts_and_the_day_is_included(String day, String days, Instant end) {
        LoginVerificationPolicy policy = LoginVerificationPolicy.of(Map.of("skippable-until", day, "grace-days", days));
        assertThat(policy.endOfGrace(FIRST, ZoneOffset.UTC)).contains(end);
    }

    @Test
    void the_day_ends_where_the_server_is() {
        LoginVerificationPolicy policy = LoginVerificationPolicy.of(Map.of("skippable-until", "2027-03-31"));
        assertThat(policy.endOfGrace(FIRST, ZoneId.of("Asia/Tokyo"))).contains(Instant.parse("2027-03-31T15:00:00Z"));
    }

    @Test
    void weaker_factors_are_ranked_by_a_list_that_replaces_the_usual_one() {
        assertThat(LoginVerificationPolicy.of(Map.of()).restrictedTypes())
                .isEqualTo(Map.of(
                        "mobile-number", FactorRank.RESTRICTED,
                        "email-otp", FactorRank.WEAK,
                        "email-authenticator-credential", FactorRank.WEAK));
        assertThat(LoginVerificationPolicy.of(Map.of("restricted-types", "letters, pigeons:weak"))
                        .restrictedTypes())
                .isEqualTo(Map.of("letters", FactorRank.RESTRICTED, "pigeons", FactorRank.WEAK));
        LoginVerificationPolicy usual = LoginVerificationPolicy.of(Map.of());
        assertThat(usual.weakerMakesCodes() || usual.weakerBeside() || usual.asksForStrong())
                .isFalse();
        assertThat(usual.newFactor()).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @CsvSource({
        "ask-everybody, false, true",
        "ask-everybody, yes, false",
        "skippable-until, 2027-03-31, true",
        "skippable-until, 31.3.2027, false",
        "skippable-until, 2027-02-30, false",
        "skippable-until, 2027-03-31T00:00:00Z, false",
        "skippable-until, soon, false",
        "grace-days, 0, true",
        "grace-days, 365, true",
        "grace-days, 366, false",
        "grace-days, -1, false",
        "reminder-days, 1, true",
        "reminder-days, 365, true",
        "reminder-days, 0, false",
        "reminder-days, 366, false",
        "ask-everybody-for, strong, true",
        "ask-everybody-for, weak, false",
        "weaker-factors-make-codes, true, true",
        "weaker-factors-make-codes, 1, false",
        "weaker-beside-stronger, true, true",
        "weaker-beside-stronger, on, false",
        "restricted-types, 'mobile-number, email-otp:weak', true",
        "restricted-types, mobile-number:strong, false",
        "restricted-types, 'mobile-number,', false",
        "restricted-types, two words, false",
        "new-factor-hours, 0, true",
        "new-factor-hours, 720, true",
        "new-factor-hours, 721, false",
    })
    void bad_values_are_refused_and_fall_back(String key, String value, boolean good) {
        Map<String, String> config = Map.of(key, value);
        if (good) {
            assertThatCode(() -> LoginVerificationSettings.validate(SettingTest.config(config)))
                    .doesNotThrowAnyException();
            return;
        }
        assertThatThrownBy(() -> LoginVerificationSettings.validate(SettingTest.config(config)))
                .isInstanceOf(ValidationException.class);
        assertThat(LoginVerificationPolicy.of(config)).isEqualTo(LoginVerificationPolicy.of(Map.of()));
    }
}
