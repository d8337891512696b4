package io.github.backupcodes.sms;

import io.github.backupcodes.sms.number.Country;
import java.util.List;

/** The template model of the page on which a number is entered. Public, with getters, because FreeMarker reads it. */
public final class SmsSetupBean {

    private final List<Country> countries;
    private final String country;
    private final String number;
    private final boolean appOffered;

    SmsSetupBean(List<Country> countries, String country, String number, boolean appOffered) {
        this.countries = List.copyOf(countries);
        this.country = country;
        this.number = number;
        this.appOffered = appOffered;
    }

    /** The countries whose numbers are allowed, by name. */
    public List<Country> getCountries() {
        return countries;
    }

    /** The code of the selected country; empty for none. */
    public String getCountry() {
        return country;
    }

    /** What the user has entered; empty for nothing. */
    public String getNumber() {
        return number;
    }

    /** Whether the user can set up an authenticator app instead. */
    public boolean isAppOffered() {
        return appOffered;
    }
}
