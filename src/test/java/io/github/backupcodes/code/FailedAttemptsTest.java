package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final AttemptLimit THREE = new AttemptLimit(3, Duration.ofMinutes(15));

    private final List<BackupCode> plain = new CodeGenerator(SeededRandom.of(21)).generate(CodeFormat.DEFAULT, 3);
    private final CodeSet set = CodeSet.of(
            plain, CodeFormat.DEFAULT, RandomCodes.QUICK, Salt.random(SeededRandom.of(22)), NOON, HashKeySource.NONE);

    @Test
    void one_wrong_code_fewer_than_the_limit_brings_no_pause() {
        CodeSet after = wrong(wrong(set, NOON), NOON);

        assertThat(after.failedAttempts()).isEqualTo(new FailedAttempts(2, 0, null));
        assertThat(after.refusal(NOON)).isEmpty();
    }

    @Test
    void the_wrong_code_that_meets_the_limit_brings_the_pause() {
        CodeSet after = wrong(wrong(wrong(set, NOON), NOON), NOON);

        Instant end = NOON.plus(Duration.ofMinutes(15));
        RedeemResult paused = new RedeemResult(RedeemResult.Outcome.PAUSED, after);
        assertThat(after.failedAttempts().pausedUntil()).isEqualTo(end);
        assertThat(after.refusal(NOON)).contains(paused);
        assertThat(after.refusal(end.minusMillis(1))).contains(paused);
        assertThat(after.refusal(end)).isEmpty();
    }

    @Test
    void in_the_pause_a_good_code_is_refused_and_stays_unused() {
        CodeSet paused = wrong(wrong(wrong(set, NOON), NOON), NOON);

        assertThat(good(paused, NOON)).extracting(RedeemResult::outcome).isEqualTo(RedeemResult.Outcome.PAUSED);
        assertThat(paused.remaining()).isEqualTo(3);
    }

    @Test
    void a_count_that_was_rolled_back_is_made_up_for_in_the_pause_too() {
        CodeSet paused = wrong(wrong(wrong(set, NOON), NOON), NOON);
        CodeUse use = new CodeUse(NOON, "127.0.0.1");
        Instant end = NOON.plus(Duration.ofMinutes(15));

        assertThat(paused.recount(unknown(), use, THREE)).get().satisfies(result -> assertThat(
                        RandomCodes.after(RedeemResult.Outcome.UNKNOWN, result).failedAttempts())
                .isEqualTo(new FailedAttempts(4, 0, end)));
        assertThat(paused.recountReplaced(NOON, THREE)).get().satisfies(result -> assertThat(
                        RandomCodes.after(RedeemResult.Outcome.REPLACED, result).failedAttempts())
                .isEqualTo(new FailedAttempts(3, 1, end)));
        CodeHash good = paused.hash(plain.get(0), HashKeySource.NONE);
        assertThat(paused.recount(good, use, THREE)).as("a valid code").isEmpty();
        CodeSet expired = paused.expiringAt(NOON);
        assertThat(expired.recount(unknown(), use, THREE)).isEmpty();
        assertThat(expired.recountReplaced(NOON, THREE)).isEmpty();
    }

    @Test
    void after_the_pause_a_good_code_counts_from_zero_again() {
        CodeSet paused = wrong(wrong(wrong(set, NOON), NOON), NOON);

        RedeemResult result = good(paused, NOON.plus(Duration.ofHours(1)));

        assertThat(RandomCodes.after(RedeemResult.Outcome.ACCEPTED, result).failedAttempts())
                .isEqualTo(FailedAttempts.NONE);
    }

    @Test
    void after_the_pause_as_many_wrong_codes_again_bring_the_next_one() {
        Instant later = NOON.plus(Duration.ofHours(1));
        CodeSet after = wrong(wrong(wrong(wrong(wrong(set, NOON), NOON), NOON), later), later);

        assertThat(after.refusal(later)).isEmpty();
        assertThat(wrong(after, later).refusal(later)).isPresent();
    }

    @Test
    void without_a_limit_there_is_no_pause_but_a_hundred_disable_the_set() {
        AttemptLimit none = new AttemptLimit(0, Duration.ofMinutes(15));
        CodeSet after = set;
        for (int i = 0; i < 99; i++) {
            after = RandomCodes.after(RedeemResult.Outcome.UNKNOWN, after.redeem(unknown(), RandomCodes.use(i), none));
            assertThat(after.refusal(NOON)).isEmpty();
        }
        after = RandomCodes.after(RedeemResult.Outcome.UNKNOWN, after.redeem(unknown(), RandomCodes.use(99), none));

        assertThat(after.failedAttempts().isMaximumReached()).isTrue();
        assertThat(after.refusal(NOON)).contains(new RedeemResult(RedeemResult.Outcome.DISABLED, after));
        assertThat(good(after, NOON.plus(Duration.ofDays(365))))
                .isEqualTo(new RedeemResult(RedeemResult.Outcome.DISABLED, after));
    }

    @Test
    void for_short_codes_the_limit_cannot_be_switched_off() {
        AttemptLimit none = new AttemptLimit(0, Duration.ofMinutes(15));
        CodeFormat digits = CodeFormat.SHORT;
        CodeSet after = CodeSet.of(
                new CodeGenerator(SeededRandom.of(25)).generate(digits, 3),
                digits,
                RandomCodes.QUICK,
                Salt.random(SeededRandom.of(26)),
                NOON,
                HashKeySource.NONE);
        for (int i = 0; i < 10; i++) {
            assertThat(after.refusal(NOON)).isEmpty();
            after = RandomCodes.after(RedeemResult.Outcome.UNKNOWN, after.redeem(unknown(), RandomCodes.use(i), none));
        }

        assertThat(after.refusal(RandomCodes.use(10).at()))
                .get()
                .extracting(RedeemResult::outcome)
                .isEqualTo(RedeemResult.Outcome.PAUSED);
        assertThat(none.forSet(CodeFormat.DEFAULT, 50)).isEqualTo(none);
        assertThat(THREE.forSet(digits, 10)).isEqualTo(THREE);
        // any of them opens: a set of three is worth less than 64 bits, each of them more
        CodeFormat fourteen = new CodeFormat(Alphabet.BASE32, 14);
        assertThat(none.forSet(fourteen, 2)).isEqualTo(none);
        assertThat(none.forSet(fourteen, 3)).isEqualTo(AttemptLimit.DEFAULT);
    }

    @Test
    void used_codes_and_those_of_the_set_before_bring_the_pause_with_the_wrong_ones() {
        CodeSet used = RandomCodes.after(RedeemResult.Outcome.ACCEPTED, good(set, NOON));

        CodeSet after = replaced(wrong(replayed(used, NOON), NOON), NOON);

        Instant end = NOON.plus(Duration.ofMinutes(15));
        assertThat(after.failedAttempts()).isEqualTo(new FailedAttempts(1, 2, end));
        for (RedeemResult inThePause : List.of(
                good(after, NOON),
                after.refuseReplaced(NOON, THREE),
                after.redeem(unknown(), new CodeUse(NOON, "127.0.0.1"), THREE))) {
            assertThat(inThePause).isEqualTo(new RedeemResult(RedeemResult.Outcome.PAUSED, after));
        }
        assertThat(replayed(replaced(after, end), end).refusal(end))
                .as("two more")
                .isEmpty();
        assertThat(replayed(replayed(replaced(after, end), end), end).refusal(end))
                .as("three more")
                .get()
                .satisfies(refusal -> {
                    assertThat(refusal.outcome()).isEqualTo(RedeemResult.Outcome.PAUSED);
                    assertThat(refusal.set().failedAttempts().pausedUntil())
                            .isEqualTo(end.plus(Duration.ofMinutes(15)));
                });
    }

    @Test
    void however_often_codes_of_old_are_typed_the_set_is_not_disabled() {
        CodeSet after = RandomCodes.after(RedeemResult.Outcome.ACCEPTED, good(set, NOON));
        Instant now = NOON;
        for (int i = 0; i < AttemptLimit.MOST_IN_A_ROW; i++) {
            after = replayed(after, now.plus(Duration.ofHours(1)));
            now = now.plus(Duration.ofHours(2));
            after = replaced(after, now);
        }

        assertThat(after.failedAttempts().isMaximumReached()).isFalse();
        now = now.plus(Duration.ofHours(1));
        assertThat(RandomCodes.after(
                                RedeemResult.Outcome.ACCEPTED,
                                after.redeem(
                                        after.hash(plain.get(1), HashKeySource.NONE),
                                        new CodeUse(now, "127.0.0.1"),
                                        THREE))
                        .failedAttempts())
                .isEqualTo(FailedAttempts.NONE);
    }

    @Test
    void for_short_codes_replays_bring_the_pause_even_where_it_is_switched_off() {
        AttemptLimit none = new AttemptLimit(0, Duration.ofMinutes(15));
        CodeFormat digits = CodeFormat.SHORT;
        List<BackupCode> drawn = new CodeGenerator(SeededRandom.of(27)).generate(digits, 3);
        CodeSet after = CodeSet.of(
                drawn, digits, RandomCodes.QUICK, Salt.random(SeededRandom.of(28)), NOON, HashKeySource.NONE);
        after = RandomCodes.after(
                RedeemResult.Outcome.ACCEPTED,
                after.redeem(after.hash(drawn.get(0), HashKeySource.NONE), RandomCodes.use(0), none));
        for (int i = 0; i < 5; i++) {
            CodeHash first = after.hash(drawn.get(0), HashKeySource.NONE);
            after = RandomCodes.after(RedeemResult.Outcome.ALREADY_USED, after.redeem(first, RandomCodes.use(i), none));
            after = RandomCodes.after(
                    RedeemResult.Outcome.REPLACED,
                    after.refuseReplaced(RandomCodes.use(i).at(), none));
        }

        assertThat(after.refusal(RandomCodes.use(10).at()))
                .get()
                .extracting(RedeemResult::outcome)
                .isEqualTo(RedeemResult.Outcome.PAUSED);
    }

    @Test
    void a_new_set_remembers_the_codes_of_the_one_it_replaces_and_starts_counting_anew() {
        CodeSet guessed = wrong(set, NOON);
        List<BackupCode> others = new CodeGenerator(SeededRandom.of(23)).generate(CodeFormat.DEFAULT, 3);
        CodeSet renewed = CodeSet.of(
                        others,
                        CodeFormat.DEFAULT,
                        RandomCodes.QUICK,
                        Salt.random(SeededRandom.of(24)),
                        NOON,
                        HashKeySource.NONE)
                .replacing(guessed);

        ReplacedCodes replaced = Objects.requireNonNull(renewed.replaced());
        assertThat(plain).allMatch(code -> replaced.contains(code, HashKeySource.NONE));
        assertThat(others).noneMatch(code -> replaced.contains(code, HashKeySource.NONE));
        assertThat(renewed.failedAttempts()).isEqualTo(FailedAttempts.NONE);
        assertThat(renewed.has(renewed.hash(others.get(2), HashKeySource.NONE))).isTrue();
        assertThat(renewed.has(renewed.hash(plain.get(2), HashKeySource.NONE))).isFalse();
    }

    @Test
    void a_code_of_another_length_is_none_of_the_replaced_ones_and_costs_no_hash() {
        ReplacedCodes replaced = new ReplacedCodes(
                new CodeFormat(Alphabet.BASE32, 10),
                RandomCodes.QUICK,
                set.salt(),
                List.of(set.hash(plain.get(0), HashKeySource.NONE)));

        assertThat(replaced.contains(plain.get(0), HashKeySource.NONE)).isFalse();
    }

    private CodeHash unknown() {
        return new CodeHash(new byte[CodeHash.LENGTH]);
    }

    private CodeSet wrong(CodeSet from, Instant at) {
        return RandomCodes.after(
                RedeemResult.Outcome.UNKNOWN, from.redeem(unknown(), new CodeUse(at, "127.0.0.1"), THREE));
    }

    /** The first code, used before. */
    private CodeSet replayed(CodeSet from, Instant at) {
        return RandomCodes.after(RedeemResult.Outcome.ALREADY_USED, good(from, at));
    }

    private CodeSet replaced(CodeSet from, Instant at) {
        return RandomCodes.after(RedeemResult.Outcome.REPLACED, from.refuseReplaced(at, THREE));
    }

    private RedeemResult good(CodeSet from, Instant at) {
        return from.redeem(from.hash(plain.get(0), HashKeySource.NONE), new CodeUse(at, "127.0.0.1"), THREE);
    }
}
