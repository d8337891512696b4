package io.github.backupcodes.emailcode;

import io.github.backupcodes.support.CredentialTypes;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Creates {@link EmailCodeCredentialProvider}s, which share the queue of this server. */
public final class EmailCodeCredentialProviderFactory
        implements CredentialProviderFactory<EmailCodeCredentialProvider> {

    /** The id of the provider. */
    public static final String ID = CredentialTypes.EMAIL_CODE;

    private final EmailCodeServer server = new EmailCodeServer();

    @Override
    public EmailCodeCredentialProvider create(KeycloakSession session) {
        return new EmailCodeCredentialProvider(session, server);
    }

    @Override
    public String getId() {
        return ID;
    }
}
