package io.github.backupcodes.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerificationCodeFailuresTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @Test
    void ten_in_a_row_start_a_pause() {
        assertThat(failed(VerificationCodeFailures.NONE, 9).refusesCodes(NOW)).isFalse();

        VerificationCodeFailures ten = failed(VerificationCodeFailures.NONE, 10);

        assertThat(ten.pause(NOW)).contains(NOW.plus(VerificationCodeFailures.PAUSE));
        assertThat(ten.refusesCodes(NOW.plus(VerificationCodeFailures.PAUSE))).isFalse();
    }

    @Test
    void a_hundred_disable_until_the_set_up() {
        assertThat(failed(VerificationCodeFailures.NONE, 99).isMaximumReached()).isFalse();

        VerificationCodeFailures hundred = failed(VerificationCodeFailures.NONE, 100);

        assertThat(hundred.isMaximumReached()).isTrue();
        assertThat(hundred.refusesCodes(NOW.plus(Duration.ofDays(365)))).isTrue();
    }

    /** A set-up is a success as well. */
    @Test
    void a_success_ends_the_row_and_the_pause_and_halves_the_total() {
        VerificationCodeFailures after =
                failed(VerificationCodeFailures.NONE, 60).afterSuccess();

        assertThat(after).isEqualTo(new VerificationCodeFailures(0, 30, null));
        assertThat(failed(after, 69).isMaximumReached()).isFalse();
        assertThat(failed(after, 70).isMaximumReached()).isTrue();
    }

    @Test
    void pauses_are_counted_from_the_last_success() {
        VerificationCodeFailures after =
                failed(VerificationCodeFailures.NONE, 9).afterSuccess();

        assertThat(failed(after, 9).pause(NOW)).isEmpty();
        assertThat(failed(after, 10).pause(NOW)).isPresent();
        assertThat(failed(after, 11).pausedUntil()).isEqualTo(failed(after, 10).pausedUntil());
    }

    @Test
    void an_accepted_challenge_is_remembered_for_longer_than_a_code_lives() {
        SecureRandom random = new SecureRandom();
        Challenge first = Challenge.generate("key", Duration.ofMinutes(10), NOW, random);
        Challenge second = Challenge.generate("key", Duration.ofMinutes(10), NOW, random);

        AcceptedChallenges both = AcceptedChallenges.NONE.plus(first, NOW).plus(second, NOW.plusSeconds(600));

        assertThat(both.contains(first)).isTrue();
        assertThat(both.contains(second)).isTrue();
        Challenge third = Challenge.generate("key", Duration.ofMinutes(10), NOW, random);
        AcceptedChallenges later = both.plus(third, NOW.plus(AcceptedChallenges.KEPT));
        assertThat(later.contains(first)).isFalse();
        assertThat(later.contains(second)).isTrue();
    }

    @Test
    void messages_are_sent_again_after_longer_and_longer_waits_and_at_most_three_times() {
        assertThat(ResendSchedule.next(1, NOW)).contains(NOW.plusSeconds(30));
        assertThat(ResendSchedule.next(2, NOW)).contains(NOW.plusSeconds(60));
        assertThat(ResendSchedule.next(3, NOW)).contains(NOW.plusSeconds(120));
        assertThat(ResendSchedule.next(4, NOW)).isEmpty();
    }

    @Test
    void a_limit_is_never_exceeded_and_costs_at_most_a_hundred_places() {
        for (int most : new int[] {1, 5, 99, 100, 101, 199, 500, 5_000, 20_000}) {
            SendingLimit limit = new SendingLimit("us", ChallengePurpose.SIGN_IN, Duration.ofHours(1), most);

            assertThat(limit.places()).isLessThanOrEqualTo(SendingLimit.MOST_PLACES);
            assertThat(limit.places() * limit.messagesOfPlace()).isBetween(most - limit.messagesOfPlace() + 1, most);
        }
    }

    private static VerificationCodeFailures failed(VerificationCodeFailures before, int times) {
        VerificationCodeFailures after = before;
        for (int i = 0; i < times; i++) {
            after = after.plusOne(NOW);
        }
        return after;
    }
}
