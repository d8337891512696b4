package io.github.backupcodes.notification;

import io.github.backupcodes.policy.PrintableText;
import java.io.IOException;
import java.util.Locale;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/**
 * Looks up the name of a second factor in words, as Keycloak's login pages show it: the texts are in the login theme.
 *
 * @param session the session, of the realm
 * @param realm   the realm
 * @param locale  the language
 */
record FactorName(KeycloakSession session, RealmModel realm, Locale locale) {

    /** The text of a message key; other extensions may have the text itself as the name. */
    String of(String name) {
        try {
            return PrintableText.of(session.theme()
                    .getTheme(Theme.Type.LOGIN)
                    .getEnhancedMessages(realm, locale)
                    .getProperty(name, name));
        } catch (IOException e) {
            return name;
        }
    }
}
