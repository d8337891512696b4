package io.github.backupcodes.signin;

import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.SimpleProviderFactory;
import java.util.List;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** Creates a form for codes that are sent, for flows in which users sign in with a browser. */
abstract class VerificationCodeFormAuthenticatorFactory
        implements AuthenticatorFactory, SimpleProviderFactory<Authenticator> {

    private final String type;
    private final VerificationCodeFormAuthenticator offered;
    private final VerificationCodeFormAuthenticator hidden;

    /** Takes the type of the credential. */
    VerificationCodeFormAuthenticatorFactory(String type) {
        this.type = type;
        this.offered = new VerificationCodeFormAuthenticator(type);
        this.hidden = new NotSelectableVerificationCodeFormAuthenticator(type);
    }

    /** The form for the user who is signing in, or one that Keycloak keeps off its list of choices. */
    @Override
    public Authenticator create(KeycloakSession session) {
        return CodeLoginEligibility.userOfLogin(session)
                        .filter(user -> new VerificationCodeOffer(session, type, getId()).isHiddenFrom(user))
                        .isPresent()
                ? hidden
                : offered;
    }

    @Override
    public String getReferenceCategory() {
        return type;
    }

    /** If codes are accepted, the account console offers to turn login verification on. */
    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Set.of(CredentialTypes.LOGIN_VERIFICATION);
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
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
