package io.github.backupcodes.support;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/** The language of a realm, for texts that are written for no user in particular. */
public final class RealmLocale {

    private RealmLocale() {}

    /** The default language of a realm; English if it has none, or if there is no realm. */
    public static Locale of(@Nullable RealmModel realm) {
        String language = realm != null && realm.isInternationalizationEnabled() ? realm.getDefaultLocale() : null;
        return language == null ? Locale.ENGLISH : Locale.forLanguageTag(language);
    }
}
