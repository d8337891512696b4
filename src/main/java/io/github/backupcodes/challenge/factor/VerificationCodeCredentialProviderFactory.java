package io.github.backupcodes.challenge.factor;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Creates the credential providers of one factor, which share the queue of this server. */
public abstract class VerificationCodeCredentialProviderFactory
        implements CredentialProviderFactory<VerificationCodeCredentialProvider> {

    private final VerificationCodeServer server;

    /** Takes the factor. */
    protected VerificationCodeCredentialProviderFactory(VerificationCodeFactor factor) {
        this.server = new VerificationCodeServer(factor);
    }

    @Override
    public final VerificationCodeCredentialProvider create(KeycloakSession session) {
        return new VerificationCodeCredentialProvider(session, server);
    }

    /** The type of the credential. */
    @Override
    public final String getId() {
        return server.factor().type();
    }

    /** The metrics of this server. */
    protected final BackupCodesMetrics metrics() {
        return server.metrics();
    }
}
