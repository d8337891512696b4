package io.github.backupcodes.credential;

import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Creates the provider that imports the credentials beside a set. */
public final class AuxiliaryCredentialProviderFactory
        implements CredentialProviderFactory<CredentialProvider<CredentialModel>> {

    @Override
    public CredentialProvider<CredentialModel> create(KeycloakSession session) {
        return new AuxiliaryCredentialProvider(session);
    }

    @Override
    public String getId() {
        return "backup-codes-companions";
    }
}
