package io.github.backupcodes.sms.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.github.backupcodes.sms.number.PhoneNumberResult.Accepted;
import io.github.backupcodes.sms.number.PhoneNumberResult.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberRulesTest {

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
    private static final PhoneNumberRules EVERYWHERE = new PhoneNumberRules(CallingCodes.countries(), true);
    private static final PhoneNumberRules GERMANY = new PhoneNumberRules(Set.of("DE"), false);
    private static final String GERMAN = "+4915123456789";

    /** An example of the library, in one of its formats. */
    private record Example(String country, Phonenumber.PhoneNumber number) {

        static List<Example> of(PhoneNumberType type) {
            List<Example> examples = new ArrayList<>();
            for (String country : LIBRARY.getSupportedRegions()) {
                Phonenumber.PhoneNumber number = LIBRARY.getExampleNumberForType(country, type);
                if (number != null) {
                    examples.add(new Example(country, number));
                }
            }
            return examples;
        }

        String in(PhoneNumberFormat format) {
            return LIBRARY.format(number, format);
        }

        PhoneNumber accepted() {
            return new PhoneNumber(in(PhoneNumberFormat.E164), country, number.getCountryCode());
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_mobile_number_of_every_country_is_accepted_in_every_format(PhoneNumberFormat format) {
        List<Example> examples = Example.of(PhoneNumberType.MOBILE);
        assertThat(examples).hasSizeGreaterThan(240);
        assertThat(examples)
                .filteredOn(example -> format != PhoneNumberFormat.RFC3966)
                .allSatisfy(example -> assertThat(EVERYWHERE.parse(example.country(), example.in(format)))
                        .as(example.country())
                        .isEqualTo(new Accepted(example.accepted())));
    }

    @Test
    void the_mobile_number_of_a_country_is_accepted_if_no_other_is_allowed() {
        assertThat(Example.of(PhoneNumberType.MOBILE)).allSatisfy(example -> {
            PhoneNumberRules one = new PhoneNumberRules(Set.of(example.country()), true);
            assertThat(one.parse(example.country(), example.in(PhoneNumberFormat.NATIONAL)))
                    .as(example.country())
                    .isEqualTo(new Accepted(example.accepted()));
        });
    }

    @Test
    void a_number_that_may_be_a_fixed_one_is_accepted_only_if_that_is_allowed() {
        PhoneNumberRules mobile = new PhoneNumberRules(CallingCodes.countries(), false);
        List<Example> unknown = Example.of(PhoneNumberType.MOBILE).stream()
                .filter(example -> LIBRARY.getNumberType(example.number()) == PhoneNumberType.FIXED_LINE_OR_MOBILE)
                .toList();
        assertThat(unknown).extracting(Example::country).contains("US", "CA");
        assertThat(unknown).allSatisfy(example -> {
            String entered = example.in(PhoneNumberFormat.E164);
            assertThat(mobile.parse(example.country(), entered)).isEqualTo(Refused.NOT_MOBILE);
            assertThat(EVERYWHERE.parse(example.country(), entered)).isInstanceOf(Accepted.class);
        });
    }

    @ParameterizedTest
    @EnumSource(
            names = {"MOBILE", "FIXED_LINE_OR_MOBILE", "UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_number_of_another_type_is_refused(PhoneNumberType type) {
        List<Example> examples = Example.of(type).stream()
                .filter(example -> LIBRARY.getNumberType(example.number()) == type)
                .toList();
        assertThat(examples).hasSizeGreaterThan(10);
        assertThat(examples).allSatisfy(example -> {
            assertThat(EVERYWHERE.parse(example.country(), example.in(PhoneNumberFormat.E164)))
                    .as(example.country())
                    .isEqualTo(Refused.NOT_MOBILE);
            assertThat(EVERYWHERE.parse(example.country(), example.in(PhoneNumberFormat.NATIONAL)))
                    .as(example.country())
                    .isIn(Refused.NOT_MOBILE, Refused.INVALID);
        });
    }

    @Test
    void a_number_that_is_invalid_in_its_country_is_refused() {
        assertThat(LIBRARY.getSupportedRegions()).allSatisfy(country -> {
            Phonenumber.PhoneNumber number = LIBRARY.getInvalidExampleNumber(country);
            assertThat(number).isNotNull();
            assertThat(EVERYWHERE.parse(country, LIBRARY.format(number, PhoneNumberFormat.E164)))
                    .as(country)
                    .isEqualTo(Refused.INVALID);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "015123456789",
                "0151 23456789",
                "0151/234 567-89",
                "(0151) 2345 6789",
                "0151.23.45.67.89",
                "\t0151\u00A02345\u20116789 ",
                "15123456789",
                "+4915123456789",
                "+49 151 23456789",
                "+49 (0)151 23456789",
                "(+49) 151 23456789",
                "004915123456789",
                "+0049 151 23456789",
                "00 49 (0) 151 23456789",
                "4915123456789",
                // R 37: the trunk prefix in front of the calling code
                "04915123456789",
                "049 151 23456789",
                // full-width, Arabic-Indic and extended Arabic-Indic digits, with the marks that a page in Arabic adds
                "\uFF0B\uFF14\uFF19\u3000\uFF11\uFF15\uFF11\uFF0D\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18\uFF19",
                "\u200F+\u0664\u0669 \u0661\u0665\u0661 \u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
                "\u06F0\u06F1\u06F5\u06F1\u06F2\u06F3\u06F4\u06F5\u06F6\u06F7\u06F8\u06F9",
                "\u202D+49 151 23456789\u202C"
            })
    void every_writing_of_a_number_is_read(String entered) {
        assertThat(GERMANY.parse("DE", entered)).isEqualTo(new Accepted(new PhoneNumber(GERMAN, "DE", 49)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "++4915123456789",
                "49+15123456789",
                "+49 151 23456789 ext. 5",
                "+49 151 23456789x5",
                "+49 151 23456789#5",
                "+49 151 23456789,5",
                "+49 151 23456789;ext=5",
                "tel:+49-151-23456789",
                "+49 151 HALLO789",
                "0151 CALLNOW",
                "+49 151 2345678\u0660\u0660\u0660\u0660\u0660",
                "12",
                "+4915",
                "+999 15123456789",
                "*100#",
                "+49 151 23456789 / +49 151 23456780",
                "+49 151 23456789\u0000",
                "\uD83D\uDCF1 0151 23456789"
            })
    void what_is_no_number_is_refused(String entered) {
        assertThat(GERMANY.parse("DE", entered)).isEqualTo(Refused.INVALID);
    }

    @Test
    void input_of_any_length_is_refused_without_work() {
        assertThat(GERMANY.parse("DE", "1".repeat(1_000_000))).isEqualTo(Refused.INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        // chosen country, entered, country of the number
        "US,(201) 555-0123,US",
        "US,+1 506 234 5678,CA",
        "US,(506) 234-5678,CA",
        "US,011 49 151 23456789,DE",
        "US,0049 151 23456789,DE",
        "CA,+1 242 359 1234,BS",
        "RU,+7 771 000 9998,KZ",
        "KZ,8 (912) 345-67-89,RU",
        "GB,07781 123456,GG",
        "GB,07797 712345,JE",
        "GB,07924 123456,GB",
        "IM,07924 123456,IM",
        "GG,07400 123456,GB",
        "IT,312 345 6789,IT",
        "VA,312 345 6789,VA",
        "FI,041 2345678,FI",
        "AX,041 2345678,AX",
        "FR,+49 151 23456789,DE",
        "FR,+33 6 12 34 56 78,FR",
        "DE,06 12 34 56 78,"
    })
    void countries_with_one_calling_code_are_told_apart(String chosen, String entered, String country) {
        PhoneNumberResult result = EVERYWHERE.parse(chosen, entered);
        if (country == null) {
            assertThat(result).isNotInstanceOf(Accepted.class);
        } else {
            assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(
                            accepted.number().country())
                    .isEqualTo(country));
        }
    }

    @Test
    void a_number_of_a_country_that_is_not_allowed_is_refused() {
        PhoneNumberRules rules = new PhoneNumberRules(Set.of("DE", "US"), true);

        assertThat(rules.parse("DE", "+33 6 12 34 56 78")).isEqualTo(Refused.COUNTRY_NOT_ALLOWED);
        assertThat(rules.parse("DE", "0033 6 12 34 56 78")).isEqualTo(Refused.COUNTRY_NOT_ALLOWED);
        assertThat(rules.parse("US", "+1 506 234 5678")).isEqualTo(Refused.COUNTRY_NOT_ALLOWED);
        assertThat(rules.parse("US", "+1 242 359 1234")).isEqualTo(Refused.COUNTRY_NOT_ALLOWED);
        assertThat(rules.parse("DE", "+800 1234 5678"))
                .as("a number of no country")
                .isEqualTo(Refused.COUNTRY_NOT_ALLOWED);
        assertThat(rules.parse("FR", "+49 151 23456789"))
                .as("a country that is not in the list")
                .isEqualTo(Refused.COUNTRY_NOT_ALLOWED);
        assertThat(rules.parse("", "+49 151 23456789")).isEqualTo(Refused.COUNTRY_NOT_ALLOWED);
    }

    @Test
    void rules_have_a_country_that_has_numbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumberRules(Set.of(), false));
        assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumberRules(Set.of("DE", "AQ"), false));
        assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumberRules(Set.of("de"), false));
    }

    @Test
    void a_number_shows_its_calling_code_and_last_digits_alone() {
        PhoneNumber number = new PhoneNumber(GERMAN, "DE", 49);

        assertThat(new StoredPhoneNumber(number.e164()).masked()).isEqualTo("\u2068+49 •••• 89\u2069");
        assertThat(number).hasToString("PhoneNumber[DE]");
        assertThat(new Accepted(number)).hasToString("Accepted[number=PhoneNumber[DE]]");
        assertThat(new EnteredNumber("15123456789", false).toString()).doesNotContainPattern("[0-9]");
    }

    @ParameterizedTest
    @CsvSource({
        "4915123456789,DE,49",
        "+49 15123456789,DE,49",
        "+049151234567,DE,49",
        "+4915123456789,DE,33",
        "+4915123456789,de,49",
        "+4915123456789012,DE,49",
        "+49,DE,49"
    })
    void a_number_in_another_form_is_refused_without_its_digits(String e164, String country, int callingCode) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PhoneNumber(e164, country, callingCode))
                .withMessage("invalid phone number");
    }

    @Test
    void a_stored_number_keeps_its_country_though_the_numbering_plan_has_changed() {
        StoredPhoneNumber unassigned = new StoredPhoneNumber("+491999999999");
        StoredPhoneNumber fixed = new StoredPhoneNumber("+493012345678");
        assertThat(GERMANY.parse("DE", unassigned.e164())).isEqualTo(Refused.INVALID);
        assertThat(GERMANY.parse("DE", fixed.e164())).isEqualTo(Refused.NOT_MOBILE);

        assertThat(unassigned.isOf(Set.of("FR", "DE"))).isTrue();
        assertThat(unassigned.isOf(Set.of("FR"))).isFalse();
        assertThat(fixed.isOf(Set.of("DE"))).isTrue();
        assertThat(fixed.isOf(Set.of("FR"))).isFalse();
        assertThat(new StoredPhoneNumber("+15062345678").isOf(Set.of("US")))
                .as("a number of Canada")
                .isFalse();
        assertThat(new StoredPhoneNumber("no number").isOf(Set.of("DE"))).isFalse();
        assertThat(Example.of(PhoneNumberType.MOBILE)).allSatisfy(example -> assertThat(
                        new StoredPhoneNumber(example.accepted().e164()).isOf(Set.of(example.country())))
                .as(example.country())
                .isTrue());
    }

    @Test
    void the_calling_codes_are_those_of_the_library() {
        assertThat(CallingCodes.countries()).isEqualTo(LIBRARY.getSupportedRegions());
        assertThat(CallingCodes.countries()).allSatisfy(country -> assertThat(CallingCodes.of(country))
                .as(country)
                .hasValue(LIBRARY.getCountryCodeForRegion(country)));
        assertThat(CallingCodes.of("AQ")).isEmpty();
    }
}
