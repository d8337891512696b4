package io.github.backupcodes.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Duration VALIDITY = Duration.ofMinutes(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Challenge challenge = Challenge.generate("key", VALIDITY, NOW, RANDOM);

    @Test
    void what_is_stored_is_read_again() {
        assertThat(Challenge.of(challenge.notes())).contains(challenge);
    }

    @Test
    void what_is_stored_has_128_random_bits_and_no_code() {
        assertThat(challenge.notes().keySet()).containsExactlyInAnyOrder("v", "n", "t", "k", "s", "e");
        assertThat(challenge.nonce()).hasSize(22);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "n", "t", "k", "s", "e"})
    void a_challenge_that_lacks_anything_counts_as_expired(String note) {
        Map<String, String> notes = new HashMap<>(challenge.notes());
        notes.remove(note);

        assertThat(Challenge.of(notes)).isEmpty();
    }

    @Test
    void a_challenge_of_an_unknown_version_counts_as_expired() {
        Map<String, String> notes = new HashMap<>(challenge.notes());
        notes.put("v", "2");

        assertThat(Challenge.of(notes)).isEmpty();
    }

    @Test
    void a_code_expires_at_its_end() {
        assertThat(challenge.isExpired(NOW.plus(VALIDITY).minusSeconds(1))).isFalse();
        assertThat(challenge.isExpired(NOW.plus(VALIDITY))).isTrue();
    }

    @Test
    void the_same_code_is_sent_again_in_the_first_two_thirds_of_its_life() {
        assertThat(challenge.sendsSameCode(NOW)).isTrue();
        assertThat(challenge.sendsSameCode(NOW.plusSeconds(199))).isTrue();
        assertThat(challenge.sendsSameCode(NOW.plusSeconds(200))).isFalse();
        assertThat(challenge.sendsSameCode(NOW.plusSeconds(400))).isFalse();
    }

    @Test
    void a_new_challenge_brings_no_try_back() {
        Challenge next = challenge.renew("newer key", VALIDITY, NOW.plusSeconds(210), RANDOM);

        assertThat(next.nonce()).isNotEqualTo(challenge.nonce());
        assertThat(next.end()).isEqualTo(NOW.plusSeconds(210).plus(VALIDITY));
        for (int number = 0; number < Challenge.TRIES; number++) {
            assertThat(next.tryKey(number)).isEqualTo(challenge.tryKey(number));
        }
    }

    @Test
    void tries_and_messages_have_different_short_keys() {
        Set<String> keys = new HashSet<>();
        for (int number = 0; number < Challenge.TRIES; number++) {
            keys.add(challenge.tryKey(number).value());
            keys.add(challenge.messageKey(number).value());
        }

        assertThat(keys).hasSize(2 * Challenge.TRIES).allMatch(key -> key.length() < 60 && key.startsWith("bc:"));
    }

    /** Keycloak reserves the ending for revoked tokens; ids of users without import can have any, and 255 characters. */
    @Test
    void long_and_strange_ids_of_users_have_short_and_different_keys() {
        String longId = "f:storage:" + "x".repeat(237) + ".revoked";
        List<String> ids = List.of(longId, longId.substring(0, 247), longId.substring(1), "x" + longId.substring(1));
        Set<String> keys = new HashSet<>();
        for (String id : ids) {
            keys.add(new ChallengeScope(ChallengePurpose.SIGN_IN, "realm", id, "to", "session", 0)
                    .key()
                    .value());
            keys.add(new ChallengeScope(ChallengePurpose.SET_UP, "realm", id, "to", "session", 0)
                    .key()
                    .value());
            keys.add(SingleUseKey.of("pl", "realm", id).value());
        }

        assertThat(longId).hasSize(255);
        assertThat(keys).hasSize(3 * ids.size()).allMatch(key -> key.length() <= 60 && !key.endsWith(".revoked"));
    }

    @Test
    void the_store_keeps_a_challenge_for_a_minute_after_its_end() {
        assertThat(challenge.lifespanSeconds(NOW)).isEqualTo(360);
    }

    @Test
    void a_set_up_has_a_challenge_for_each_destination_and_a_sign_in_one_for_each_credential() {
        assertThat(scope(ChallengePurpose.SET_UP, "a@example.org").key())
                .isNotEqualTo(scope(ChallengePurpose.SET_UP, "b@example.org").key());
        assertThat(scope(ChallengePurpose.SIGN_IN, "a@example.org").key())
                .isEqualTo(scope(ChallengePurpose.SIGN_IN, "b@example.org").key());
    }

    private static ChallengeScope scope(ChallengePurpose purpose, String destination) {
        return new ChallengeScope(purpose, "realm", "owner", destination, "session", 0);
    }
}
