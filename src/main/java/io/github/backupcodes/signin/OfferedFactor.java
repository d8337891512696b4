package io.github.backupcodes.signin;

import org.keycloak.credential.CredentialTypeMetadata;

/**
 * A second factor that a user can set up.
 *
 * @param type   the type of the credential
 * @param action the provider id of the required action that makes it
 * @param name   what it is called: a message key or, with some extensions, the text itself
 * @param help   what it is, likewise
 * @param icon   a property of the theme that holds the classes of the icon, or these classes
 */
public record OfferedFactor(String type, String action, String name, String help, String icon) {

    static OfferedFactor of(CredentialTypeMetadata metadata) {
        return new OfferedFactor(
                metadata.getType(),
                metadata.getCreateAction(),
                metadata.getDisplayName(),
                metadata.getHelpText(),
                metadata.getIconCssClass());
    }
}
