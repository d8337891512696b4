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

/** Creates the authenticator {@code email-code-form} for flows in which users sign in with a browser. */
public final class EmailCodeFormAuthenticatorFactory
        implements AuthenticatorFactory, SimpleProviderFactory<Authenticator> {

    /** The id of the authenticator. */
    public static final String ID = "email-code-form";

    private static final EmailCodeFormAuthenticator OFFERED = new EmailCodeFormAuthenticator();
    private static final EmailCodeFormAuthenticator HIDDEN = new NotSelectableEmailCodeFormAuthenticator();

    /** The form for the user who is signing in, or one that Keycloak keeps off its list of choices. */
    @Override
    public Authenticator create(KeycloakSession session) {
        return CodeLoginEligibility.userOfLogin(session)
                        .filter(user -> new EmailCodeOffer(session).isHiddenFrom(user))
                        .isPresent()
                ? HIDDEN
                : OFFERED;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Email Code";
    }

    @Override
    public String getHelpText() {
        return "Sends a code to the verified address of users who have set up codes by email, and asks for it. Place it as an"
                + " alternative after the other second factors. NIST SP 800-63B-4 (3.1.3.1) and OWASP ASVS 5.0 (6.6) do not accept"
                + " email as a second factor: everybody who reads the mailbox passes.";
    }

    @Override
    public String getReferenceCategory() {
        return CredentialTypes.EMAIL_CODE;
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
