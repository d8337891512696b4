package io.github.backupcodes.sms.number;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.github.backupcodes.sms.number.PhoneNumberResult.Accepted;
import io.github.backupcodes.sms.number.PhoneNumberResult.Refused;
import java.util.Optional;

/**
 * Adapter to libphonenumber, which knows the numbers of each country and their types. No other class names one of its classes: they
 * are loaded with this one, when the first number is read.
 */
final class NumberingPlan {

    /** The library's own name for it; a number in the form of ITU-T E.164 needs no country. */
    private static final String NO_COUNTRY = "ZZ";

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.createInstance(new NumberingPlanFile());

    private NumberingPlan() {}

    /**
     * Reads a number by the rules.
     *
     * @param country one that is allowed; a number without a calling code belongs to it
     */
    static PhoneNumberResult read(String country, EnteredNumber entered, PhoneNumberRules rules) {
        Optional<Phonenumber.PhoneNumber> parsed =
                parse(entered.dialled(), country).filter(LIBRARY::isValidNumber);
        if (parsed.isEmpty()) {
            return Refused.INVALID;
        }
        Phonenumber.PhoneNumber number = parsed.get();
        Optional<String> owner = owner(number, country, rules);
        if (owner.isEmpty()) {
            return Refused.COUNTRY_NOT_ALLOWED;
        }
        PhoneNumberType type = LIBRARY.getNumberType(number);
        if (type != PhoneNumberType.MOBILE && !(rules.unknownTypes() && type == PhoneNumberType.FIXED_LINE_OR_MOBILE)) {
            return Refused.NOT_MOBILE;
        }
        return new Accepted(
                new PhoneNumber(LIBRARY.format(number, PhoneNumberFormat.E164), owner.get(), number.getCountryCode()));
    }

    /** Whether a number in the form of ITU-T E.164 is in the numbering plan of some country. */
    static boolean isAssigned(String e164) {
        return parse(e164, NO_COUNTRY).filter(LIBRARY::isValidNumber).isPresent();
    }

    /** Whether a number in the form of ITU-T E.164 is in the numbering plan of this country. */
    static boolean isAssignedIn(String country, String e164) {
        return parse(e164, NO_COUNTRY)
                .filter(number -> LIBRARY.isValidNumberForRegion(number, country))
                .isPresent();
    }

    private static Optional<Phonenumber.PhoneNumber> parse(String dialled, String country) {
        try {
            return Optional.of(LIBRARY.parse(dialled, country));
        } catch (NumberParseException e) {
            // not passed on: its message may name what was entered
            return Optional.empty();
        }
    }

    /**
     * The allowed country that a number belongs to. Some countries share all their numbers, such as Finland and Åland: the chosen one
     * comes first, because the library always names the same one of them.
     */
    private static Optional<String> owner(Phonenumber.PhoneNumber number, String chosen, PhoneNumberRules rules) {
        if (LIBRARY.isValidNumberForRegion(number, chosen)) {
            return Optional.of(chosen);
        }
        String region = LIBRARY.getRegionCodeForNumber(number);
        return rules.countries().contains(region)
                ? Optional.of(region)
                : LIBRARY.getRegionCodesForCountryCode(number.getCountryCode()).stream()
                        .filter(rules.countries()::contains)
                        .filter(each -> LIBRARY.isValidNumberForRegion(number, each))
                        .findFirst();
    }
}
