package io.github.backupcodes.credential;

import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link BackupCodesCredentialProvider}s. */
public final class BackupCodesCredentialProviderFactory
        implements CredentialProviderFactory<BackupCodesCredentialProvider> {

    /** The id of the provider. */
    public static final String ID = "backup-codes";

    private final SlowHashes slowHashes = SlowHashes.forThisServer();

    @Override
    public BackupCodesCredentialProvider create(KeycloakSession session) {
        return new BackupCodesCredentialProvider(session, slowHashes);
    }

    @Override
    public String getId() {
        return ID;
    }
}
