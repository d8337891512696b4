package io.github.backupcodes.credential.store;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.LocalizedDates;
import io.github.backupcodes.support.RealmLocale;
import java.io.IOException;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/**
 * Describes a set in the label of its credential, for administrators: Keycloak's admin console shows them a label and no figures. It
 * is in the default language of the realm, because one row is read by people of several languages. A label that a person has typed
 * stays.
 */
final class CredentialLabel {

    /** The label that earlier versions gave. */
    private static final String FORMER = "backup-codes-display-name";

    private final KeycloakSession session;
    private final UserModel user;

    CredentialLabel(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** Stores the set in the credential, with its label unless the credential has one that a person has typed. */
    void describe(BackupCodesCredentialModel credential, CodeSet set) {
        if (!CredentialRowStore.isLocal(user)) {
            // without a label, because Keycloak compares the labels of these users over all types
            credential.setUserLabel(null);
            credential.updated(set);
        } else if (isTyped(credential)) {
            credential.updated(set);
        } else {
            credential.relabelled(set, of(credential.getType(), set));
        }
    }

    /** Whether a person, and not this extension, has given the credential its label. */
    boolean isTyped(BackupCodesCredentialModel credential) {
        String label = credential.typedLabel();
        return label != null && !label.equals(text(FORMER, pageLocale()));
    }

    private @Nullable String of(String type, CodeSet set) {
        Locale locale = realmLocale();
        Instant end = set.expiresAt();
        if (set.isDisabled()) {
            return text("backupCodesDisabledTitle", locale);
        }
        if (!CredentialTypes.TEMPORARY_CODE.equals(type) || end == null) {
            return text("backupCodesLabel", locale, String.valueOf(set.remaining()), String.valueOf(set.total()));
        }
        return set.remaining() == 0
                ? text("backupCodesLabelTemporaryUsed", locale)
                : text("backupCodesLabelTemporary", locale, new LocalizedDates(locale).shortDateTime(end));
    }

    private Locale realmLocale() {
        return RealmLocale.of(session.getContext().getRealm());
    }

    /** The language of the user's pages. An import has no pages. */
    private Locale pageLocale() {
        return session.getContext().getAuthenticationSession() == null
                ? realmLocale()
                : session.getContext().resolveLocale(user);
    }

    /** A text of the realm; null if the theme fails in any way: a label is no reason to refuse a code, or not to count one. */
    private @Nullable String text(String key, Locale locale, String... arguments) {
        RealmModel realm = session.getContext().getRealm();
        if (realm == null) {
            return null;
        }
        try {
            Properties messages = session.theme().getTheme(Theme.Type.LOGIN).getEnhancedMessages(realm, locale);
            String pattern = messages.getProperty(key);
            return pattern == null ? null : new MessageFormat(pattern, locale).format(arguments);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
