package io.github.backupcodes.admin;

import io.github.backupcodes.policy.Policy;
import io.github.backupcodes.policy.VerificationPolicy;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AuthenticationManagementResource;
import org.keycloak.utils.RequiredActionHelper;

/**
 * Makes a realm ready for backup codes: the required actions, the role of the help desk, and the authenticator in the bound
 * browser flow. A flow of
 * Keycloak is copied first, for it cannot be changed; a flow of the administrator is changed where there is exactly one
 * place that fits, else left alone. Done twice it changes nothing more.
 */
final class Setup {

    private static final String SUFFIX = " with backup codes";

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
        String flow = flow(steps);
        recoveryCodesAction(steps);
        otherFlows(steps);
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
            steps.change("required action %s made a default action".formatted(id), () -> {
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

    private String flow(SetupSteps steps) {
        AuthenticationFlowModel bound = realm.getBrowserFlow();
        FlowChange change = new FlowChange(session, realm, bound, options);
        if (!change.isNeeded()) {
            return bound.getAlias();
        }
        Optional<String> obstacle = change.obstacle();
        if (obstacle.isPresent()) {
            steps.byHand(obstacle.get());
            return bound.getAlias();
        }
        if (!bound.isBuiltIn()) {
            change.apply(steps);
            return bound.getAlias();
        }
        String alias = unused(bound.getAlias() + SUFFIX);
        steps.change("flow \"%s\" copied to \"%s\"".formatted(bound.getAlias(), alias), () -> {});
        if (steps.isDryRun()) {
            new FlowChange(session, realm, bound, options, alias + " ").apply(steps);
        } else {
            AuthenticationFlowModel copy = AuthenticationManagementResource.copyFlow(session, realm, bound, alias);
            new FlowChange(session, realm, copy, options).apply(steps);
            realm.setBrowserFlow(copy);
        }
        steps.change(
                "flow \"%s\" bound as the %s flow".formatted(alias, AuthenticationFlowBindings.BROWSER_BINDING),
                () -> {});
        return alias;
    }

    private String unused(String wished) {
        return Stream.iterate(1, number -> number + 1)
                .map(number -> number == 1 ? wished : wished + " " + number)
                .filter(alias -> realm.getFlowByAlias(alias) == null)
                .findFirst()
                .orElseThrow();
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

    /** Clients with a flow of their own do not see what is bound for the realm. */
    private void otherFlows(SetupSteps steps) {
        realm.getClientsStream()
                .filter(client ->
                        client.getAuthenticationFlowBindingOverride(AuthenticationFlowBindings.BROWSER_BINDING) != null)
                .forEach(client -> {
                    AuthenticationFlowModel own = realm.getAuthenticationFlowById(
                            client.getAuthenticationFlowBindingOverride(AuthenticationFlowBindings.BROWSER_BINDING));
                    if (own != null && new FlowChange(session, realm, own, options).isNeeded()) {
                        steps.byHand("client \"%s\" has the flow \"%s\" of its own, which takes no backup codes"
                                .formatted(client.getClientId(), own.getAlias()));
                    }
                });
    }

    private Optional<RequiredActionProviderModel> action(String id) {
        return Optional.ofNullable(RequiredActionHelper.getRequiredActionByProviderId(realm, id));
    }
}
