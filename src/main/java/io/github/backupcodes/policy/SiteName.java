package io.github.backupcodes.policy;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/** What users know a realm as, on pages, on paper and in mails. */
public final class SiteName {

    private SiteName() {}

    /** The display name of the realm, the one without HTML; where nothing can be seen of it, the realm's name. */
    public static String of(RealmModel realm) {
        return of(realm.getDisplayName(), realm.getName());
    }

    static String of(@Nullable String displayName, String name) {
        String shown = displayName == null ? "" : PrintableText.of(displayName);
        return shown.isEmpty() ? PrintableText.of(name) : shown;
    }
}
