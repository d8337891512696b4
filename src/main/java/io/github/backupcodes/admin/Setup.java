package io.github.backupcodes.admin;

import io.github.backupcodes.policy.EnabledAction;
import io.github.backupcodes.policy.Policy;
import io.github.backupcodes.policy.VerificationPolicy;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;

/**
 * Makes a realm ready for backup codes: the required actions, the role of the help desk, the authenticator in the bound
 * browser flow, and the other flows that the options name. Done twice it changes nothing more.
 */
final class Setup {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SetupOptions options;

    Setup(KeycloakSession session, RealmModel realm, SetupOptions options) {
        this.session = session;
        this.realm = realm;
        this.options = options;
    }

    /**
     * Does it.
     *
     * @param dryRun whether only to say what would be done
     * @throws WebApplicationException 400 when an option is none
     */
    SetupReport run(boolean dryRun) {
        SetupSteps steps = new SetupSteps(dryRun);
        verificationAction(steps);
        action(Policy.REQUIRED_ACTION, "Backup codes", options.makesDefaultAction(), steps);
        new HelpDeskRole(session, realm).makeIfMissing(steps);
        String flow = bound(Binding.BROWSER).change(this::withForm, steps);
        recoveryCodesAction(steps);
        if (options.changesFirstBrokerFlow()) {
            bound(Binding.FIRST_BROKER).change(this::withForm, steps);
        }
        if (options.changesDirectGrantFlow()) {
            bound(Binding.DIRECT_GRANT).change(this::inDirectGrant, steps);
        }
        if (options.changesResetFlow()) {
            bound(Binding.RESET).change(this::inReset, steps);
            ResetFlowPatchLevel.warning().ifPresent(steps::byHand);
        }
        otherFlows(steps);
        otherAliases(steps);
        return steps.report(flow);
    }

    /** Before the codes: the second factor comes first. */
    private void verificationAction(SetupSteps steps) {
        VerificationOption option = options.verification();
        if (option != VerificationOption.OFF) {
            action(
                    VerificationPolicy.REQUIRED_ACTION,
                    "Turn on login verification",
                    option == VerificationOption.DEFAULT,
                    steps);
        }
    }

    private void action(String id, String name, boolean asksEverybody, SetupSteps steps) {
        RequiredActionProviderModel action = action(id).orElse(null);
        if (action == null) {
            steps.change(
                    "required action %s registered and enabled%s"
                            .formatted(id, asksEverybody ? ", as default action" : ""),
                    () -> realm.addRequiredActionProvider(newAction(id, name, asksEverybody)));
            return;
        }
        if (!action.isEnabled()) {
            steps.change("required action %s enabled".formatted(id), () -> {
                action.setEnabled(true);
                realm.updateRequiredActionProvider(action);
            });
        }
        if (asksEverybody && !action.isDefaultAction()) {
            steps.change("required action %s set as default action".formatted(id), () -> {
                action.setDefaultAction(true);
                realm.updateRequiredActionProvider(action);
            });
        }
    }

    private RequiredActionProviderModel newAction(String id, String name, boolean asksEverybody) {
        RequiredActionProviderModel action = new RequiredActionProviderModel();
        action.setAlias(id);
        action.setProviderId(id);
        action.setName(name);
        action.setEnabled(true);
        action.setDefaultAction(asksEverybody);
        // after all others: an authenticator app is set up before its codes are made
        action.setPriority(realm.getRequiredActionProvidersStream()
                        .mapToInt(RequiredActionProviderModel::getPriority)
                        .max()
                        .orElse(0)
                + 1);
        return action;
    }

    private BoundFlow bound(Binding binding) {
        return new BoundFlow(session, realm, binding);
    }

    private Change withForm(AuthenticationFlowModel flow, String prefix) {
        return new FlowChange(session, realm, flow, options, prefix);
    }

    private Change inDirectGrant(AuthenticationFlowModel flow, String prefix) {
        return new DirectGrantChange(realm, flow, prefix);
    }

    private Change inReset(AuthenticationFlowModel flow, String prefix) {
        return new ResetChange(realm, flow, options, prefix);
    }

    private void recoveryCodesAction(SetupSteps steps) {
        if (!options.disablesRecoveryCodes()) {
            return;
        }
        action(UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name())
                .filter(RequiredActionProviderModel::isEnabled)
                .ifPresent(action -> steps.change("required action %s disabled".formatted(action.getAlias()), () -> {
                    action.setEnabled(false);
                    realm.updateRequiredActionProvider(action);
                }));
    }

    /** Clients and identity providers with a flow of their own do not see what is bound for the realm. */
    private void otherFlows(SetupSteps steps) {
        OwnFlows own = new OwnFlows(session, realm, steps);
        own.ofClients(AuthenticationFlowBindings.BROWSER_BINDING, this::withForm);
        if (options.changesDirectGrantFlow()) {
            own.ofClients(AuthenticationFlowBindings.DIRECT_GRANT_BINDING, this::inDirectGrant);
        }
        if (options.changesFirstBrokerFlow()) {
            own.ofIdentityProviders(IdentityProviderModel::getFirstBrokerLoginFlowId, this::withForm);
        }
        own.ofIdentityProviders(IdentityProviderModel::getPostBrokerLoginFlowId, this::withForm);
    }

    /** Keycloak starts a required action for applications, and ends it, by the id of its provider. */
    private void otherAliases(SetupSteps steps) {
        realm.getRequiredActionProvidersStream()
                .filter(RequiredActionProviderModel::isEnabled)
                .filter(action -> !action.getAlias().equals(action.getProviderId()))
                .forEach(action -> steps.byHand(
                        ("required action %1$s has the alias \"%2$s\": neither the account console nor another application"
                                        + " can start it, and if it is Keycloak's own action, it is never executed; give it the alias"
                                        + " %1$s")
                                .formatted(action.getProviderId(), action.getAlias())));
    }

    private Optional<RequiredActionProviderModel> action(String id) {
        return EnabledAction.registered(realm, id);
    }
}
