package io.github.backupcodes.sms.number;

import io.github.backupcodes.sms.number.PhoneNumberResult.Accepted;
import io.github.backupcodes.sms.number.PhoneNumberResult.Refused;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decides to which numbers messages may be sent: mobile numbers of the allowed countries. Premium, shared-cost, internet telephony,
 * personal, pager, toll-free, company-wide and voicemail numbers are refused, because messages to them cost more or make money for
 * those who ask for them.
 *
 * @param countries    the ISO 3166 codes of the allowed countries, at least one, each a {@linkplain CallingCodes country with
 *                     numbers}
 * @param unknownTypes whether a number is accepted that may be a mobile or a fixed one: some countries, such as the United States,
 *                     do not tell them apart
 */
public record PhoneNumberRules(Set<String> countries, boolean unknownTypes) {

    /**
     * Copies the countries.
     *
     * @throws IllegalArgumentException if there is no country, or one that has no phone numbers
     */
    public PhoneNumberRules {
        countries = Set.copyOf(countries);
        if (countries.isEmpty() || !CallingCodes.countries().containsAll(countries)) {
            throw new IllegalArgumentException("countries must be ISO 3166 codes of countries with phone numbers");
        }
    }

    /**
     * Reads what was entered.
     *
     * @param country the ISO 3166 code of the country that was chosen; a number with the calling code of another allowed country is
     *                accepted as one of that country
     * @param entered with digits of any script, separators and an international prefix
     */
    public PhoneNumberResult parse(String country, String entered) {
        OptionalInt callingCode = CallingCodes.of(country);
        if (!countries.contains(country) || callingCode.isEmpty()) {
            return Refused.COUNTRY_NOT_ALLOWED;
        }
        Optional<EnteredNumber> number = EnteredNumber.read(entered);
        if (number.isEmpty()) {
            return Refused.INVALID;
        }
        List<PhoneNumberResult> results = number.get().readings(callingCode.getAsInt()).stream()
                .map(reading -> NumberingPlan.read(country, reading, this))
                .toList();
        return results.stream()
                .filter(Accepted.class::isInstance)
                .findFirst()
                .or(() -> results.stream()
                        .filter(result -> result != Refused.INVALID)
                        .findFirst())
                .orElse(Refused.INVALID);
    }
}
