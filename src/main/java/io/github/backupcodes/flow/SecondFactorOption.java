package io.github.backupcodes.flow;

import org.keycloak.credential.CredentialTypeMetadata;

/**
 * Value object: a second factor that a user can set up.
 *
 * @param type   the type of the credential
 * @param action the provider id of the required action that creates it
 * @param name   its name: a message key or, in some extensions, the text itself
 * @param help   its description, likewise
 * @param icon   a property of the theme that holds the CSS classes of the icon, or these classes
 */
public record SecondFactorOption(String type, String action, String name, String help, String icon) {

    static SecondFactorOption of(CredentialTypeMetadata metadata) {
        return new SecondFactorOption(
                metadata.getType(),
                metadata.getCreateAction(),
                metadata.getDisplayName(),
                metadata.getHelpText(),
                metadata.getIconCssClass());
    }
}
