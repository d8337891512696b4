package io.github.backupcodes.loginverification;

import io.github.backupcodes.support.CredentialTypes;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Creates the provider of the entry in the account console that turns on login verification. */
public final class LoginVerificationCredentialProviderFactory
        implements CredentialProviderFactory<CredentialProvider<CredentialModel>> {

    @Override
    public CredentialProvider<CredentialModel> create(KeycloakSession session) {
        return new LoginVerificationCredentialProvider(session);
    }

    @Override
    public String getId() {
        return CredentialTypes.LOGIN_VERIFICATION;
    }
}
