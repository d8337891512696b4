package io.github.backupcodes.enrollment;

import io.github.backupcodes.policy.VerificationPolicy;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Makes the entry of the account console that turns login verification on. */
public final class LoginVerificationTypeFactory
        implements CredentialProviderFactory<CredentialProvider<CredentialModel>> {

    @Override
    public CredentialProvider<CredentialModel> create(KeycloakSession session) {
        return new LoginVerificationType(session);
    }

    @Override
    public String getId() {
        return VerificationPolicy.CREDENTIAL_TYPE;
    }
}
