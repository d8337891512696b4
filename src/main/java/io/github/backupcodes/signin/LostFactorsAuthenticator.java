package io.github.backupcodes.signin;

import io.github.backupcodes.policy.HelpContact;
import io.github.backupcodes.policy.HelpContactAttribute;
import io.github.backupcodes.support.SimpleProviderFactory;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Authenticator and factory of the page for users who have neither their second factor nor a backup code: it shows who can help, and
 * lets no one in. As an alternative it is the last choice, and the only one if a flow requests a second factor and the user has none.
 */
public final class LostFactorsAuthenticator
        implements Authenticator, AuthenticatorFactory, SimpleProviderFactory<Authenticator> {

    /** The id of the authenticator. */
    public static final String ID = "backup-code-lost";

    /** The setting of the execution: whom to contact. If it is empty, the contact of the realm is shown. */
    static final String CONTACT = "contact";

    private static final String PAGE = "backup-code-lost.ftl";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        context.challenge(page(context));
    }

    /** The page has no form to submit. */
    @Override
    public void action(AuthenticationFlowContext context) {
        context.challenge(page(context));
    }

    private static Response page(AuthenticationFlowContext context) {
        AuthenticatorConfigModel config = context.getAuthenticatorConfig();
        String contact = config == null
                ? ""
                : config.getConfig().getOrDefault(CONTACT, "").strip();
        LoginFormsProvider form = HelpContactAttribute.addTo(
                context.form().setExecution(context.getExecution().getId()), context.getRealm());
        if (!contact.isEmpty()) {
            form.setAttribute(HelpContactAttribute.NAME, new HelpContact(contact));
        }
        return form.createForm(PAGE);
    }

    /** Returns false, because Keycloak then shows the page even to users for whom it is not configured. */
    @Override
    public boolean requiresUser() {
        return false;
    }

    /** Returns false, because the page is no reason for the condition "user configured" to request a second factor. */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return false;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

    @Override
    public Authenticator create(KeycloakSession session) {
        return this;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Backup Code Lost";
    }

    @Override
    public String getHelpText() {
        return "Shows users who have neither their second factor nor a backup code who can help them. Does not authenticate"
                + " users. Place it as the last alternative beside the second factors.";
    }

    @Override
    public @Nullable String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.ALTERNATIVE, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        ProviderConfigProperty contact = new ProviderConfigProperty();
        contact.setName(CONTACT);
        contact.setLabel("Contact for help");
        contact.setHelpText(
                "Whom users of this flow contact, for example a telephone number or an address. Leave it empty for the"
                        + " contact in the settings of backup codes.");
        contact.setType(ProviderConfigProperty.STRING_TYPE);
        return List.of(contact);
    }

    @Override
    public void close() {}
}
