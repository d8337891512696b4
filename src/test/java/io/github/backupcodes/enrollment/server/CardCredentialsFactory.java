package io.github.backupcodes.enrollment.server;

import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link CardCredentials}. */
public final class CardCredentialsFactory implements CredentialProviderFactory<CardCredentials> {

    static final String ID = "test-card-credentials";

    @Override
    public CardCredentials create(KeycloakSession session) {
        return new CardCredentials(session);
    }

    @Override
    public String getId() {
        return ID;
    }
}
