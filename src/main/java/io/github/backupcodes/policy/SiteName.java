package io.github.backupcodes.policy;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/** The name of a realm as it is shown on pages, on paper and in mails. */
public final class SiteName {

    private SiteName() {}

    /**
     * The display name of the realm, the one without HTML; the realm's name if the display name has no visible
     * characters.
     */
    public static String of(RealmModel realm) {
        return of(realm.getDisplayName(), realm.getName());
    }

    static String of(@Nullable String displayName, String name) {
        String shown = displayName == null ? "" : PrintableText.of(displayName);
        return shown.isEmpty() ? PrintableText.of(name) : shown;
    }
}
