package io.github.backupcodes.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationCodeTest {

    private static final byte[] KEY = "a key of the realm".getBytes(StandardCharsets.UTF_8);
    private static final ChallengeScope SCOPE =
            new ChallengeScope(ChallengePurpose.SIGN_IN, "realm", "credential", "maria@example.org", "browser", 0);

    @Test
    void the_same_challenge_has_the_same_code() {
        assertThat(VerificationCode.derive(KEY, SCOPE, "nonce", 6))
                .isEqualTo(VerificationCode.derive(KEY.clone(), SCOPE, "nonce", 6));
    }

    /** A value that other implementations must find too: a node with an older jar has to know the code of a newer one. */
    @Test
    void a_known_challenge_has_a_known_code() {
        assertThat(VerificationCode.derive(KEY, SCOPE, "nonce", 8).digits()).isEqualTo("04302441");
    }

    @Test
    void each_part_of_the_scope_makes_another_code() {
        Set<String> codes = new HashSet<>();
        codes.add(derive(SCOPE));
        codes.add(derive(
                new ChallengeScope(ChallengePurpose.SET_UP, "realm", "credential", "maria@example.org", "browser", 0)));
        codes.add(derive(new ChallengeScope(
                ChallengePurpose.SIGN_IN, "other", "credential", "maria@example.org", "browser", 0)));
        codes.add(derive(
                new ChallengeScope(ChallengePurpose.SIGN_IN, "realm", "other", "maria@example.org", "browser", 0)));
        codes.add(derive(new ChallengeScope(
                ChallengePurpose.SIGN_IN, "realm", "credential", "mario@example.org", "browser", 0)));
        codes.add(derive(
                new ChallengeScope(ChallengePurpose.SIGN_IN, "realm", "credential", "maria@example.org", "other", 0)));
        codes.add(derive(new ChallengeScope(
                ChallengePurpose.SIGN_IN, "realm", "credential", "maria@example.org", "browser", 1)));
        codes.add(VerificationCode.derive(KEY, SCOPE, "other", 8).digits());
        codes.add(VerificationCode.derive(new byte[] {1}, SCOPE, "nonce", 8).digits());

        assertThat(codes).hasSize(9);
    }

    /** Without lengths, "ab" and "c" would make the same code as "a" and "bc". */
    @Test
    void parts_that_concatenate_to_the_same_text_make_different_codes_and_keys() {
        ChallengeScope one = new ChallengeScope(ChallengePurpose.SIGN_IN, "ab", "c", "d", "e", 0);
        ChallengeScope other = new ChallengeScope(ChallengePurpose.SIGN_IN, "a", "bc", "d", "e", 0);

        assertThat(derive(one)).isNotEqualTo(derive(other));
        assertThat(one.key()).isNotEqualTo(other.key());
    }

    /** Among 20,000 codes of two digits each occurs about 200 times: 5 standard deviations are 70. */
    @Test
    void all_digits_are_equally_likely() {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            counts.merge(
                    VerificationCode.derive(KEY, SCOPE, "nonce" + i, 6).digits().substring(4), 1, Integer::sum);
        }

        assertThat(counts).hasSize(100);
        assertThat(counts.values()).allMatch(count -> count > 130 && count < 270);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456",
                " 123 456 ",
                "123-456",
                "\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16",
                "\u0661\u0662\u0663\u0664\u0665\u0666",
                "1\u00A02\u20113\u22124 5\t6",
                "\u200E123456\u200F",
                "“123456”"
            })
    void digits_are_read_as_people_type_and_paste_them(String typed) {
        assertThat(VerificationCode.parse(typed, 6)).contains(new VerificationCode("123456"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "12345", "1234567", "12345a", "123 45O", "１２３４５", "ABCDE-FGHJK-LMNPQ"})
    void anything_else_is_no_code(String typed) {
        assertThat(VerificationCode.parse(typed, 6)).isEmpty();
    }

    @Test
    void text_of_any_length_is_refused() {
        assertThat(VerificationCode.parse("1".repeat(1_000_000), 6)).isEmpty();
    }

    @Test
    void only_the_same_digits_match() {
        VerificationCode code = new VerificationCode("012345");

        assertThat(code.matches(new VerificationCode("012345"))).isTrue();
        assertThat(code.matches(new VerificationCode("012346"))).isFalse();
        assertThat(code.matches(new VerificationCode("12345"))).isFalse();
    }

    @Test
    void neither_code_nor_destination_reaches_a_log() {
        assertThat(new VerificationCode("012345")).asString().doesNotContain("012345");
        assertThat(SCOPE).asString().doesNotContain("maria");
    }

    private static String derive(ChallengeScope scope) {
        return VerificationCode.derive(KEY, scope, "nonce", 8).digits();
    }
}
