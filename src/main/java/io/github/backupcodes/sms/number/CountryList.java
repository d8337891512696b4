package io.github.backupcodes.sms.number;

import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The allowed countries as readers see them. It loads nothing of libphonenumber.
 *
 * @param countries the ISO 3166 codes of the countries; one without phone numbers is left out
 */
public record CountryList(Set<String> countries) {

    /** Copies the countries. */
    public CountryList {
        countries = Set.copyOf(countries);
    }

    /** The countries with their names in a language, in its alphabetical order. */
    public List<Country> in(Locale language) {
        Comparator<Object> order = Collator.getInstance(language);
        return countries.stream()
                .flatMap(code -> CallingCodes.of(code).stream()
                        .mapToObj(callingCode ->
                                new Country(code, new Locale("", code).getDisplayCountry(language), callingCode)))
                .sorted(Comparator.comparing(Country::name, order).thenComparing(Country::code))
                .toList();
    }

    /**
     * The country that is chosen before the reader chooses one.
     *
     * @param locales of the reader, the most likely one first; most have no region
     * @return the first region of the locales that is allowed; otherwise the only allowed country; otherwise empty
     */
    public Optional<String> preset(List<Locale> locales) {
        return locales.stream()
                .map(Locale::getCountry)
                .filter(countries::contains)
                .findFirst()
                .or(() -> countries.size() == 1 ? countries.stream().findFirst() : Optional.empty());
    }
}
