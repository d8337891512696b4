package io.github.backupcodes.signin;

import io.github.backupcodes.emailcode.EmailCodeCredentialProvider;
import io.github.backupcodes.support.CredentialTypes;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The form for users who have a stronger factor beside it, see {@link NotSelectableBackupCodeFormAuthenticator}. It still applies to the
 * user, so that Keycloak never skips a conditional sub-flow because of it.
 */
final class NotSelectableEmailCodeFormAuthenticator extends EmailCodeFormAuthenticator
        implements CredentialValidator<EmailCodeCredentialProvider> {

    private static final String NONEXISTENT_TYPE = "email-code-not-offered";

    @Override
    public EmailCodeCredentialProvider getCredentialProvider(KeycloakSession session) {
        return (EmailCodeCredentialProvider) session.getProvider(CredentialProvider.class, CredentialTypes.EMAIL_CODE);
    }

    @Override
    public String getType(KeycloakSession session) {
        return NONEXISTENT_TYPE;
    }
}
