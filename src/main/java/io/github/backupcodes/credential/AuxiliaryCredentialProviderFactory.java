package io.github.backupcodes.credential;

import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Creates the provider that imports and describes the credentials beside a set. */
public final class AuxiliaryCredentialProviderFactory
        implements CredentialProviderFactory<CredentialProvider<CredentialModel>> {

    /** The id of the provider. */
    public static final String ID = "backup-codes-companions";

    @Override
    public CredentialProvider<CredentialModel> create(KeycloakSession session) {
        return new AuxiliaryCredentialProvider(session);
    }

    @Override
    public String getId() {
        return ID;
    }
}
