package io.github.backupcodes.sms.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountryListTest {

    private static final CountryList SOME = new CountryList(Set.of("AT", "DE", "SE", "US", "ZA", "AX"));

    @Test
    void countries_have_names_of_the_language_in_its_order() {
        assertThat(SOME.in(Locale.ENGLISH))
                .extracting(Country::name)
                .containsExactly("Åland Islands", "Austria", "Germany", "South Africa", "Sweden", "United States");
        assertThat(SOME.in(Locale.GERMAN))
                .extracting(Country::name)
                .containsExactly(
                        "Ålandinseln", "Deutschland", "Österreich", "Schweden", "Südafrika", "Vereinigte Staaten");
        assertThat(SOME.in(new Locale("sv")))
                .extracting(Country::name)
                .as("Å and Ö come after Z")
                .containsExactly("Sverige", "Sydafrika", "Tyskland", "USA", "Åland", "Österrike");
    }

    @Test
    void countries_have_their_calling_codes() {
        assertThat(SOME.in(Locale.ENGLISH))
                .contains(new Country("DE", "Germany", 49), new Country("AX", "Åland Islands", 358));
        assertThat(new Country("DE", "Germany", 49).getCallingCode()).isEqualTo("49");
    }

    @Test
    void every_country_has_a_name_in_every_script() {
        for (String tag : List.of("en", "ar", "zh-Hans", "zh-Hant", "ka", "hy", "th")) {
            List<Country> all = new CountryList(CallingCodes.countries()).in(Locale.forLanguageTag(tag));
            assertThat(all).hasSameSizeAs(CallingCodes.countries());
            assertThat(all).as(tag).noneMatch(country -> country.name().equals(country.code()));
        }
    }

    @Test
    void the_region_of_the_reader_is_preset_if_it_is_allowed() {
        assertThat(SOME.preset(List.of(new Locale("de", "AT")))).contains("AT");
        assertThat(SOME.preset(List.of(Locale.GERMAN, new Locale("de", "CH"), Locale.US)))
                .contains("US");
        assertThat(SOME.preset(List.of(Locale.GERMAN, Locale.UK))).isEmpty();
        assertThat(SOME.preset(List.of())).isEmpty();
        assertThat(new CountryList(Set.of("DE")).preset(List.of(Locale.FRANCE))).contains("DE");
    }
}
