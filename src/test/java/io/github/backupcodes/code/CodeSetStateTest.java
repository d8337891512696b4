package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CodeSetStateTest {

    private static final Instant MADE = Instant.parse("2026-03-01T12:00:00Z");
    private static final int LOW = 3;

    @ParameterizedTest
    @CsvSource({"10, 0, GOOD", "10, 6, GOOD", "10, 7, FEW_LEFT", "10, 9, FEW_LEFT", "10, 10, USED_UP"})
    void it_counts_what_is_left(int total, int used, CodeSetState state) {
        assertThat(CodeSetState.of(set(total, used), LOW, MADE)).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, GOOD", "1, 1, USED_UP", "3, 0, GOOD", "3, 1, FEW_LEFT"})
    void a_small_set_of_which_none_is_used_has_not_few(int total, int used, CodeSetState state) {
        assertThat(CodeSetState.of(set(total, used), LOW, MADE)).isEqualTo(state);
    }

    @Test
    void without_a_threshold_few_are_enough() {
        assertThat(CodeSetState.of(set(10, 9), 0, MADE)).isEqualTo(CodeSetState.GOOD);
        assertThat(CodeSetState.of(set(10, 10), 0, MADE)).isEqualTo(CodeSetState.USED_UP);
    }

    @ParameterizedTest
    @CsvSource({
        // days of life, days before the end that are soon
        "365, 14",
        "3650, 14",
        "56, 14",
        "28, 7",
        "8, 2",
        "4, 1",
    })
    void the_end_is_near_in_the_last_two_weeks_but_not_before_the_last_quarter(int life, int soon) {
        Instant end = MADE.plus(Duration.ofDays(life));
        CodeSet set = set(10, 0).expiringAt(end);
        assertThat(CodeSetState.of(set, LOW, MADE)).isEqualTo(CodeSetState.GOOD);
        Instant notice = end.minus(Duration.ofDays(soon));
        assertThat(CodeSetState.of(set, LOW, notice.minusMillis(1))).isEqualTo(CodeSetState.GOOD);
        assertThat(CodeSetState.of(set, LOW, notice)).isEqualTo(CodeSetState.EXPIRES_SOON);
        assertThat(set.isReminderDue(notice.minusMillis(1))).isFalse();
        assertThat(set.isReminderDue(notice))
                .as("with the mail the pages say so")
                .isTrue();
        assertThat(CodeSetState.of(set, LOW, end.minusSeconds(1))).isEqualTo(CodeSetState.EXPIRES_SOON);
        assertThat(CodeSetState.of(set, LOW, end)).isEqualTo(CodeSetState.EXPIRED);
    }

    @Test
    void what_is_worse_is_told_first() {
        Instant end = MADE.plus(Duration.ofDays(365));
        assertThat(CodeSetState.of(set(10, 8).expiringAt(end), LOW, end.minusSeconds(9)))
                .isEqualTo(CodeSetState.FEW_LEFT);
        assertThat(CodeSetState.of(set(10, 10).expiringAt(end), LOW, end)).isEqualTo(CodeSetState.EXPIRED);
        assertThat(CodeSetState.of(guessed(set(10, 10)), LOW, MADE)).isEqualTo(CodeSetState.TURNED_OFF);
    }

    @ParameterizedTest
    @EnumSource
    void what_works_is_usable(CodeSetState state) {
        assertThat(state.isUsable())
                .isEqualTo(Stream.of(CodeSetState.GOOD, CodeSetState.FEW_LEFT, CodeSetState.EXPIRES_SOON)
                        .anyMatch(state::equals));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 100", "10, 0", "10, 100"})
    void codes_work_if_and_only_if_the_state_is_usable(int used, int failures) {
        Instant end = MADE.plus(Duration.ofDays(365));
        for (Instant now : List.of(MADE, end.minusSeconds(1), end)) {
            CodeSet set = set(10, used).expiringAt(end);
            CodeSet tried = failures == 0 ? set : guessed(set);
            assertThat(tried.hasWorkingCodes(now))
                    .isEqualTo(CodeSetState.of(tried, LOW, now).isUsable());
        }
    }

    private static CodeSet guessed(CodeSet set) {
        return new CodeSet(
                set.format(),
                set.scheme(),
                set.salt(),
                set.createdAt(),
                set.expiresAt(),
                set.codes(),
                new FailedAttempts(AttemptLimit.MOST_IN_A_ROW, 0, null),
                set.replaced());
    }

    private static CodeSet set(int total, int used) {
        List<StoredCode> codes = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            byte[] hash = new byte[32];
            Arrays.fill(hash, (byte) i);
            codes.add(
                    i < used
                            ? new StoredCode(new CodeHash(hash), new CodeUse(MADE, "192.0.2.1"))
                            : StoredCode.unused(new CodeHash(hash)));
        }
        return new CodeSet(
                CodeFormat.DEFAULT, RandomCodes.QUICK, RandomCodes.SALT, MADE, null, codes, FailedAttempts.NONE, null);
    }
}
