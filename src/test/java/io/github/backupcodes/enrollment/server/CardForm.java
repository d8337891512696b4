package io.github.backupcodes.enrollment.server;

import io.github.backupcodes.support.SimpleProviderFactory;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/** The authenticator that asks for the card. */
public final class CardForm
        implements Authenticator,
                AuthenticatorFactory,
                CredentialValidator<CardCredentials>,
                SimpleProviderFactory<Authenticator> {

    /** The id of the authenticator. */
    public static final String ID = "test-card-form";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        context.challenge(CardPage.of("card-login", context.getActionUrl(context.generateAccessCode())));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        context.success(CardCredentials.TYPE);
    }

    @Override
    public CardCredentials getCredentialProvider(KeycloakSession session) {
        return (CardCredentials) session.getProvider(CredentialProvider.class, CardCredentialsFactory.ID);
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(CardCredentials.TYPE)
                .findAny()
                .isPresent();
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

    @Override
    public Authenticator create(KeycloakSession session) {
        return this;
    }

    @Override
    public String getDisplayType() {
        return "Number card";
    }

    @Override
    public String getReferenceCategory() {
        return CardCredentials.TYPE;
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
        return true;
    }

    @Override
    public String getHelpText() {
        return "Asks for a number card.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void close() {}
}
