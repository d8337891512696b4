package io.github.backupcodes.signin;

import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.models.KeycloakSession;

/**
 * The form for users to whom it does not apply. Keycloak's {@code AuthenticationSelectionResolver} lists every authenticator except a
 * {@code CredentialValidator} of a type that the user lacks. To be one, with a type that no user has, is the only way to stay off the
 * list.
 */
final class NotSelectableBackupCodeFormAuthenticator extends BackupCodeFormAuthenticator
        implements CredentialValidator<BackupCodesCredentialProvider> {

    private static final String NONEXISTENT_TYPE = "backup-codes-not-offered";

    @Override
    public BackupCodesCredentialProvider getCredentialProvider(KeycloakSession session) {
        return BackupCodesCredentialProvider.of(session);
    }

    @Override
    public String getType(KeycloakSession session) {
        return NONEXISTENT_TYPE;
    }
}
