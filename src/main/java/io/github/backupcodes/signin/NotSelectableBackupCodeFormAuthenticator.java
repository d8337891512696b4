package io.github.backupcodes.signin;

import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.models.KeycloakSession;

/**
 * The form for users whom it does not apply to. Keycloak's {@code AuthenticationSelectionResolver} lists every
 * authenticator but a {@code CredentialValidator} of a type that the user lacks: being one, with a type that nobody has,
 * is the only way to stay off the list.
 */
final class NotSelectableBackupCodeFormAuthenticator extends BackupCodeFormAuthenticator
        implements CredentialValidator<BackupCodesCredentialProvider> {

    private static final String A_TYPE_THAT_NOBODY_HAS = "backup-codes-not-offered";

    @Override
    public BackupCodesCredentialProvider getCredentialProvider(KeycloakSession session) {
        return BackupCodesCredentialProvider.of(session);
    }

    @Override
    public String getType(KeycloakSession session) {
        return A_TYPE_THAT_NOBODY_HAS;
    }
}
