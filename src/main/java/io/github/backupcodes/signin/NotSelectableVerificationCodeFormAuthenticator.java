package io.github.backupcodes.signin;

import io.github.backupcodes.challenge.factor.VerificationCodeCredentialProvider;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The form for users who have a stronger factor beside it, see {@link NotSelectableBackupCodeFormAuthenticator}. It still applies to the
 * user, so that Keycloak never skips a conditional sub-flow because of it.
 */
final class NotSelectableVerificationCodeFormAuthenticator extends VerificationCodeFormAuthenticator
        implements CredentialValidator<VerificationCodeCredentialProvider> {

    private static final String NONEXISTENT_TYPE = "verification-code-not-offered";

    private final String provider;

    /** Takes the type of the credential. */
    NotSelectableVerificationCodeFormAuthenticator(String type) {
        super(type);
        this.provider = type;
    }

    @Override
    public VerificationCodeCredentialProvider getCredentialProvider(KeycloakSession session) {
        return (VerificationCodeCredentialProvider) session.getProvider(CredentialProvider.class, provider);
    }

    @Override
    public String getType(KeycloakSession session) {
        return NONEXISTENT_TYPE;
    }
}
