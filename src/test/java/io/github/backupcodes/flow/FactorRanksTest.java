package io.github.backupcodes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.FactorRank;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FactorRanksTest {

    private final FactorRanks ranks = new FactorRanks(Map.of(
            "letters", FactorRank.RESTRICTED,
            "pigeons", FactorRank.WEAK,
            "email-code", FactorRank.RESTRICTED));

    @Test
    void what_is_not_listed_is_strong_and_codes_of_this_extension_cannot_be_promoted() {
        assertThat(Stream.of("otp", "webauthn", "webauthn-passwordless", "unknown")
                        .map(ranks::of))
                .containsOnly(FactorRank.STRONG);
        assertThat(ranks.of("letters")).isEqualTo(FactorRank.RESTRICTED);
        assertThat(ranks.of("pigeons")).isEqualTo(FactorRank.WEAK);
        assertThat(ranks.of("sms-code")).isEqualTo(FactorRank.RESTRICTED);
        assertThat(ranks.of("email-code")).isEqualTo(FactorRank.WEAK);
    }

    @Test
    void the_highest_comes_first_and_the_order_stays_otherwise() {
        assertThat(Stream.of("pigeons", "otp", "letters", "webauthn")
                        .map(type -> new SecondFactorOption(type, "", "", "", ""))
                        .sorted(ranks.highestFirst())
                        .map(SecondFactorOption::type))
                .containsExactly("otp", "webauthn", "letters", "pigeons");
    }

    @Test
    void ranks_are_compared_and_stored() {
        assertThat(FactorRank.highest(Stream.of(FactorRank.WEAK, FactorRank.STRONG)))
                .isEqualTo(FactorRank.STRONG);
        assertThat(FactorRank.highest(Stream.empty())).isEqualTo(FactorRank.NONE);
        assertThat(FactorRank.WEAK.isBelow(FactorRank.RESTRICTED)).isTrue();
        assertThat(FactorRank.WEAK.orLower(FactorRank.NONE)).isEqualTo(FactorRank.NONE);
        assertThat(FactorRank.WEAK.orHigher(FactorRank.RESTRICTED)).isEqualTo(FactorRank.RESTRICTED);
        for (FactorRank rank : FactorRank.values()) {
            assertThat(FactorRank.ofStored(rank.storedValue())).contains(rank);
        }
        assertThat(FactorRank.ofStored("superb")).isEmpty();
    }
}
