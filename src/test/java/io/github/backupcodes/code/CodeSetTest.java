package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeSetTest {

    private final List<BackupCode> plain = RandomCodes.ten();
    private final CodeSet set = RandomCodes.set(plain);

    @Test
    void a_new_set_has_all_its_codes() {
        assertThat(set.total()).isEqualTo(10);
        assertThat(set.remaining()).isEqualTo(10);
        assertThat(set.lastUsedAt()).isEmpty();
    }

    @Test
    void a_set_keeps_the_hashes_in_the_order_of_the_codes() {
        assertThat(set.codes())
                .extracting(StoredCode::hash)
                .containsExactlyElementsOf(plain.stream()
                        .map(code -> RandomCodes.QUICK.hash(code, RandomCodes.SALT, HashKeySource.NONE))
                        .toList());
        assertThat(set.format()).isEqualTo(CodeFormat.DEFAULT);
        assertThat(set.createdAt()).isEqualTo(RandomCodes.CREATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 9})
    void any_code_can_be_used(int index) {
        CodeSet after = redeem(set, index, 1);

        assertThat(after.remaining()).isEqualTo(9);
        assertThat(after.total()).isEqualTo(10);
        assertThat(after.codes().get(index).used()).contains(RandomCodes.use(1));
        assertThat(after.lastUsedAt()).contains(RandomCodes.use(1).at());
        assertThat(after.format()).isEqualTo(set.format());
        assertThat(after.scheme()).isEqualTo(set.scheme());
        assertThat(after.salt()).isEqualTo(set.salt());
        assertThat(after.createdAt()).isEqualTo(set.createdAt());
    }

    @Test
    void of_a_code_used_before_the_first_use_is_kept() {
        CodeSet after = redeem(set, 2, 1);

        assertThat(after.redeem(after.hash(plain.get(2), HashKeySource.NONE), RandomCodes.use(2), AttemptLimit.DEFAULT))
                .satisfies(replay -> {
                    assertThat(replay.outcome()).isEqualTo(RedeemResult.Outcome.ALREADY_USED);
                    assertThat(replay.set().codes()).isEqualTo(after.codes());
                });
    }

    @Test
    void a_code_of_another_set_is_unknown() {
        BackupCode other = new CodeGenerator(SeededRandom.of(11))
                .generate(CodeFormat.DEFAULT, 1)
                .get(0);

        assertThat(set.redeem(set.hash(other, HashKeySource.NONE), RandomCodes.use(1), AttemptLimit.DEFAULT))
                .extracting(RedeemResult::outcome)
                .isEqualTo(RedeemResult.Outcome.UNKNOWN);
    }

    @Test
    void the_same_code_under_another_salt_is_unknown() {
        CodeHash elsewhere = RandomCodes.QUICK.hash(plain.get(0), new Salt(new byte[Salt.LENGTH]), HashKeySource.NONE);

        assertThat(set.redeem(elsewhere, RandomCodes.use(1), AttemptLimit.DEFAULT))
                .extracting(RedeemResult::outcome)
                .isEqualTo(RedeemResult.Outcome.UNKNOWN);
    }

    @Test
    void using_a_code_leaves_the_set_before_as_it_was() {
        redeem(set, 0, 1);

        assertThat(set.remaining()).isEqualTo(10);
    }

    @Test
    void the_list_of_codes_cannot_be_changed_from_outside() {
        List<StoredCode> codes = new ArrayList<>(set.codes());
        CodeSet copy = new CodeSet(
                set.format(), set.scheme(), set.salt(), set.createdAt(), null, codes, FailedAttempts.NONE, null);
        codes.clear();

        assertThat(copy.total()).isEqualTo(10);
        assertThat(copy.codes()).isUnmodifiable();
    }

    @Test
    void the_last_use_is_the_latest_and_not_that_of_the_last_code() {
        CodeSet after = redeem(redeem(redeem(set, 5, 20), 9, 10), 0, 15);

        assertThat(after.lastUsedAt()).contains(RandomCodes.use(20).at());
    }

    @Test
    void printing_a_set_or_what_became_of_an_attempt_tells_neither_code_nor_hash() {
        CodeSet after = redeem(set, 3, 1);
        String printed = set + " " + new RedeemResult(RedeemResult.Outcome.ACCEPTED, after) + " "
                + after.redeem(after.hash(plain.get(3), HashKeySource.NONE), RandomCodes.use(2), AttemptLimit.DEFAULT);

        assertThat(printed).contains("CodeHash[redacted]").contains("ALREADY_USED");
        assertThat(plain).allSatisfy(code -> assertThat(printed)
                .doesNotContain(code.symbols())
                .doesNotContain(code.grouped())
                .doesNotContainIgnoringCase(HexFormat.of()
                        .formatHex(set.hash(code, HashKeySource.NONE).bytes())));
        assertThat(printed).doesNotContain("[B@");
    }

    @Test
    void from_its_end_on_no_code_of_a_set_works_and_nothing_is_counted() {
        Instant end = RandomCodes.use(60).at();
        CodeSet ending = set.expiringAt(end);

        assertThat(ending.isExpired(end.minusMillis(1))).isFalse();
        assertThat(redeem(ending, 0, 59).expiresAt()).isEqualTo(end);
        assertThat(ending.isExpired(end)).isTrue();
        assertThat(ending.refusal(end)).contains(new RedeemResult(RedeemResult.Outcome.EXPIRED, ending));
        assertThat(ending.redeem(
                        ending.hash(plain.get(0), HashKeySource.NONE), RandomCodes.use(60), AttemptLimit.DEFAULT))
                .isEqualTo(new RedeemResult(RedeemResult.Outcome.EXPIRED, ending));
        assertThat(ending.redeem(new CodeHash(new byte[CodeHash.LENGTH]), RandomCodes.use(61), AttemptLimit.DEFAULT))
                .isEqualTo(new RedeemResult(RedeemResult.Outcome.EXPIRED, ending));
    }

    @Test
    void a_set_without_an_end_works_for_ever() {
        assertThat(set.isExpired(Instant.MAX)).isFalse();
        assertThat(set.expiringAt(RandomCodes.CREATED).expiringAt(null)).isEqualTo(set);
    }

    @Test
    void the_end_is_that_of_the_new_set_when_one_is_replaced() {
        Instant end = RandomCodes.use(60).at();

        assertThat(set.expiringAt(end).replacing(set).expiresAt()).isEqualTo(end);
        assertThat(set.replacing(set.expiringAt(end)).expiresAt()).isNull();
    }

    @Test
    void the_user_is_reminded_once_two_weeks_before_the_end() {
        Instant end = RandomCodes.CREATED.plus(Duration.ofDays(365));
        Instant due = end.minus(Duration.ofDays(14));
        CodeSet ending = set.expiringAt(end);

        assertThat(ending.isReminderDue(due.minusMillis(1))).isFalse();
        assertThat(ending.isReminderDue(due)).isTrue();
        assertThat(ending.isReminderDue(end.minusMillis(1))).isTrue();
        assertThat(ending.isReminderDue(end)).isFalse();
        assertThat(set.isReminderDue(due)).isFalse();

        CodeSet reminded = ending.reminded(due);
        assertThat(reminded.isReminderDue(due)).isFalse();
        assertThat(reminded.expiresAt()).isEqualTo(end);
        assertThat(redeem(reminded, 0, 1).remindedAt()).isEqualTo(due);
        assertThat(ending.replacing(reminded).isReminderDue(due)).isTrue();
    }

    @Test
    void of_a_short_life_the_last_quarter_is_when_to_remind_and_a_used_up_set_needs_none() {
        Instant end = RandomCodes.CREATED.plus(Duration.ofDays(8));
        CodeSet ending = set.expiringAt(end);
        Instant due = RandomCodes.CREATED.plus(Duration.ofDays(6));

        assertThat(ending.isReminderDue(due.minusMillis(1))).isFalse();
        assertThat(ending.isReminderDue(due)).isTrue();
        for (int code = 0; code < ending.total(); code++) {
            assertThat(ending.isReminderDue(due)).isTrue();
            ending = redeem(ending, code, code);
        }
        assertThat(ending.isReminderDue(due)).isFalse();
    }

    @Test
    void a_disabled_set_needs_no_reminder() {
        Instant end = RandomCodes.CREATED.plus(Duration.ofDays(365));
        CodeSet disabled = new CodeSet(
                set.format(),
                set.scheme(),
                set.salt(),
                set.createdAt(),
                end,
                set.codes(),
                new FailedAttempts(AttemptLimit.MOST_IN_A_ROW, 0, null),
                null);

        assertThat(set.expiringAt(end).isReminderDue(end.minusSeconds(1))).isTrue();
        assertThat(disabled.isReminderDue(end.minusSeconds(1))).isFalse();
    }

    private CodeSet redeem(CodeSet from, int index, int second) {
        return RandomCodes.after(
                RedeemResult.Outcome.ACCEPTED,
                from.redeem(
                        from.hash(plain.get(index), HashKeySource.NONE),
                        RandomCodes.use(second),
                        AttemptLimit.DEFAULT));
    }
}
