package io.github.backupcodes.sms.number;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.sms.number.PhoneNumberResult.Accepted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever is entered is accepted or refused, without an exception. It runs on the jar as it is delivered; {@code -Pstress} tries a
 * million inputs.
 */
class PhoneNumberFuzzIT {

    private static final int USUAL_ROUNDS = 10;
    private static final int INPUTS_A_ROUND = 1_000;

    private static final String[] PARTS = {
        "+",
        "00",
        "0",
        "011",
        "8",
        "(",
        ")",
        " ",
        "-",
        "/",
        ".",
        "\u00A0",
        "\u200F",
        "\uFF0B",
        "x",
        "ext.",
        "#",
        ";",
        ",",
        "\u0000",
        "\n",
        "\uD83D\uDCF1",
        "\uD83D",
        "\u0661",
        "\uFF11",
        "\u0967",
        "\u0300",
        "${",
        "'",
        "ABC",
        "tel:"
    };

    /** The national parts of valid mobile numbers, so that not every input is refused. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "DE", "15123456789",
            "US", "2015550123",
            "CA", "5062345678",
            "GB", "7400123456",
            "GG", "7781123456",
            "FR", "612345678",
            "IT", "3123456789",
            "FI", "412345678",
            "RU", "9123456789",
            "KZ", "7710009998");

    private final List<String> countries =
            CallingCodes.countries().stream().sorted().toList();
    private final Random random = new Random(20_261_201);

    @Test
    void everyInputIsAcceptedOrRefused() {
        int given = Integer.getInteger("race.rounds", 0);
        int rounds = given > 0 ? given : USUAL_ROUNDS;
        int accepted = 0;
        for (int i = 0; i < rounds * INPUTS_A_ROUND; i++) {
            PhoneNumberRules rules =
                    new PhoneNumberRules(Set.copyOf(List.of(country(), country(), country())), random.nextBoolean());
            String country = random.nextInt(20) == 0 ? country() : any(rules.countries());
            String entered = entered(country);
            PhoneNumberResult result = rules.parse(country, entered);
            if (result instanceof Accepted each) {
                accepted++;
                PhoneNumber number = each.number();
                assertThat(rules.countries()).contains(number.country());
                assertThat(number.callingCode())
                        .isEqualTo(CallingCodes.of(number.country()).orElseThrow());
                assertThat(rules.parse(number.country(), number.e164()))
                        .as("input %d", i)
                        .isEqualTo(result);
                assertThat(String.valueOf(result)).doesNotContainPattern("[0-9]");
            }
        }
        assertThat(accepted).as("the inputs are not all nonsense").isGreaterThan(rounds * INPUTS_A_ROUND / 10);
    }

    /** Mostly a number with a few parts put in, sometimes parts alone. */
    private String entered(String country) {
        List<String> parts = new ArrayList<>();
        if (random.nextInt(5) > 0) {
            if (random.nextBoolean()) {
                parts.add("+"
                        + CallingCodes.of(random.nextInt(5) == 0 ? country() : country)
                                .orElseThrow());
            }
            String example = EXAMPLES.getOrDefault(country, "");
            if (!example.isEmpty()) {
                example.chars().forEach(digit -> parts.add(Character.toString(digit)));
                if (random.nextBoolean()) {
                    parts.set(random.nextInt(parts.size()), String.valueOf(random.nextInt(10)));
                }
            } else {
                int digits = 3 + random.nextInt(12);
                for (int i = 0; i < digits; i++) {
                    parts.add(String.valueOf(random.nextInt(10)));
                }
            }
        }
        int others = random.nextInt(random.nextInt(4) == 0 ? 12 : 2);
        for (int i = 0; i < others; i++) {
            parts.add(random.nextInt(parts.size() + 1), PARTS[random.nextInt(PARTS.length)]);
        }
        return String.join("", parts);
    }

    private String country() {
        if (random.nextBoolean()) {
            return any(EXAMPLES.keySet());
        }
        return countries.get(random.nextInt(countries.size()));
    }

    private String any(Set<String> some) {
        return some.stream()
                .sorted()
                .skip(random.nextInt(some.size()))
                .findFirst()
                .orElseThrow();
    }
}
