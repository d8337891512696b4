package io.github.backupcodes.enrollment.server;

import io.github.backupcodes.support.SimpleProviderFactory;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;

/** The required action that gives a user a card. */
public final class CardRegistration
        implements RequiredActionProvider, RequiredActionFactory, SimpleProviderFactory<RequiredActionProvider> {

    /** The id of the action. */
    public static final String ID = "test-card-register";

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {}

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        context.challenge(CardPage.of("card-register", context.getActionUrl()));
    }

    @Override
    public void processAction(RequiredActionContext context) {
        CredentialModel card = new CredentialModel();
        card.setType(CardCredentials.TYPE);
        card.setCreatedDate(System.currentTimeMillis());
        card.setCredentialData("{}");
        card.setSecretData("{}");
        context.getUser().credentialManager().createStoredCredential(card);
        context.success();
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public String getDisplayText() {
        return "Get a number card";
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void close() {}
}
