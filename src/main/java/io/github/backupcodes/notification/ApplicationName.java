package io.github.backupcodes.notification;

import io.github.backupcodes.policy.PrintableText;
import java.io.IOException;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/**
 * Looks up the name of an application in words, as Keycloak's login pages show it: Keycloak's own clients have a message key as their
 * name, whose text is in the login theme.
 *
 * @param session the session, of the realm
 * @param realm   the realm
 * @param locale  the language
 */
public record ApplicationName(KeycloakSession session, RealmModel realm, Locale locale) {

    /** In characters. */
    private static final int MAX_LENGTH = 60;

    private static final Pattern MESSAGE_KEY = Pattern.compile("\\$\\{([^{}]+)}");

    /** The name of a client; its id if it has no name in words, if the name contains a URL, or if it does not exist any more. */
    public String of(String clientId) {
        ClientModel client = realm.getClientByClientId(clientId);
        String name = client == null || client.getName() == null ? "" : inWords(client.getName());
        return oneLine(name.isBlank() || name.contains("://") ? clientId : name);
    }

    private String inWords(String name) {
        Matcher key = MESSAGE_KEY.matcher(name);
        if (key.matches()) {
            return messages().getProperty(key.group(1), "");
        }
        return name.startsWith("${") ? "" : name;
    }

    private Properties messages() {
        try {
            return session.theme().getTheme(Theme.Type.LOGIN).getEnhancedMessages(realm, locale);
        } catch (IOException e) {
            return new Properties();
        }
    }

    /**
     * If clients can register themselves, anyone can choose their names: a name must not add lines of its own to a
     * mail.
     */
    private static String oneLine(String name) {
        String line = PrintableText.of(name);
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
    }
}
