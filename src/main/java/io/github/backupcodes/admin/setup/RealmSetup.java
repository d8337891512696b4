package io.github.backupcodes.admin.setup;

import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.BackupCodesSettings;
import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.support.RequiredActions;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;

/**
 * Sets up a realm for backup codes: the required actions, the contact for help, the role of the help desk, the authenticator
 * and the page for users who have lost everything in the bound browser flow, the other flows that the options select, and codes that
 * are sent in all flows in which users sign in. Repeating it changes nothing.
 */
public final class RealmSetup {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SetupOptions options;

    /** Takes the realm and what to set up. */
    public RealmSetup(KeycloakSession session, RealmModel realm, SetupOptions options) {
        this.session = session;
        this.realm = realm;
        this.options = options;
    }

    /**
     * Runs the set-up.
     *
     * @param dryRun whether to report only what would be done
     * @throws WebApplicationException 400 if an option has an unsupported value
     */
    public SetupReport run(boolean dryRun) {
        rejectInvalidHelpContact();
        SetupRecorder recorder = new SetupRecorder(dryRun);
        new RestrictedFactorCheck(session, realm, options).run();
        verificationAction(recorder);
        options.sentCodes().forEach(form -> sentCodeAction(form, recorder));
        if (options.addsSentCodes()) {
            new VerificationCodeRealmChange(session, realm).apply(recorder);
        }
        action(BackupCodesPolicy.REQUIRED_ACTION, options.makesDefaultAction(), recorder);
        helpContact(recorder);
        new HelpDeskRole(session, realm).createIfMissing(recorder);
        String flow = pages(FlowBinding.BROWSER, recorder);
        recoveryCodesAction(recorder);
        if (options.changesFirstBrokerFlow()) {
            pages(FlowBinding.FIRST_BROKER, recorder);
        } else {
            leave(FlowBinding.FIRST_BROKER, this::withSentCodes, recorder);
        }
        if (options.changesDirectGrantFlow()) {
            change(FlowBinding.DIRECT_GRANT, this::inDirectGrant, recorder);
        } else {
            leave(FlowBinding.DIRECT_GRANT, this::inDirectGrant, recorder);
        }
        if (options.changesResetFlow()) {
            editor(FlowBinding.RESET).change(this::inReset, recorder);
            ResetFlowPatchLevel.warning().ifPresent(recorder::manualStep);
        } else if (options.addsSmsCode() && realm.isResetPasswordAllowed()) {
            leave(FlowBinding.RESET, this::inReset, recorder);
        }
        otherFlows(recorder);
        otherAliases(recorder);
        options.sentCodes().forEach(form -> new VerificationCodeWarnings(session, realm, form).addTo(recorder));
        return recorder.report(flow);
    }

    /** Registered before the codes, because the second factor comes first. */
    private void verificationAction(SetupRecorder recorder) {
        LoginVerificationOption option = options.verification();
        if (option != LoginVerificationOption.OFF) {
            action(LoginVerificationPolicy.REQUIRED_ACTION, option == LoginVerificationOption.DEFAULT, recorder);
        }
    }

    /** Moved before the codes: a second factor comes before what replaces it. */
    private void sentCodeAction(VerificationCodeForm form, SetupRecorder recorder) {
        boolean isNew = action(form.requiredAction()).isEmpty();
        action(form.requiredAction(), false, recorder);
        action(BackupCodesPolicy.REQUIRED_ACTION)
                .filter(codes -> isNew)
                .ifPresent(codes -> recorder.change(
                        "required action %s moved behind %s".formatted(codes.getAlias(), form.requiredAction()), () -> {
                            codes.setPriority(nextPriority());
                            realm.updateRequiredActionProvider(codes);
                        }));
    }

    private void action(String id, boolean asksEverybody, SetupRecorder recorder) {
        RequiredActionProviderModel action = action(id).orElse(null);
        if (action == null) {
            recorder.change(
                    "required action %s registered and enabled%s"
                            .formatted(id, asksEverybody ? ", as default action" : ""),
                    () -> realm.addRequiredActionProvider(newAction(id, asksEverybody)));
            return;
        }
        if (!action.isEnabled()) {
            recorder.change("required action %s enabled".formatted(id), () -> {
                action.setEnabled(true);
                realm.updateRequiredActionProvider(action);
            });
        }
        if (asksEverybody && !action.isDefaultAction()) {
            recorder.change("required action %s set as default action".formatted(id), () -> {
                action.setDefaultAction(true);
                realm.updateRequiredActionProvider(action);
            });
        }
    }

    private RequiredActionProviderModel newAction(String id, boolean asksEverybody) {
        RequiredActionProviderModel action = new RequiredActionProviderModel();
        action.setAlias(id);
        action.setProviderId(id);
        action.setName(displayName(id));
        action.setEnabled(true);
        action.setDefaultAction(asksEverybody);
        // after all others: an authenticator app is set up before its codes are generated
        action.setPriority(nextPriority());
        return action;
    }

    private int nextPriority() {
        return realm.getRequiredActionProvidersStream()
                        .mapToInt(RequiredActionProviderModel::getPriority)
                        .max()
                        .orElse(0)
                + 1;
    }

    /** The name that the admin console suggests to those who register it by hand. */
    private String displayName(String action) {
        return ((RequiredActionFactory)
                        session.getKeycloakSessionFactory().getProviderFactory(RequiredActionProvider.class, action))
                .getDisplayText();
    }

    private void rejectInvalidHelpContact() {
        String contact = options.helpContact();
        if (contact != null && !contact.isBlank()) {
            BackupCodesSettings.HELP_CONTACT.fault(contact).ifPresent(fault -> {
                throw ErrorResponse.error("helpContact " + fault, Response.Status.BAD_REQUEST);
            });
        }
    }

    /** The contact itself is not recorded, because it can be somebody's address or number. */
    private void helpContact(SetupRecorder recorder) {
        String contact = options.helpContact();
        String key = BackupCodesSettings.HELP_CONTACT.key();
        String current = settings().getOrDefault(key, "");
        if (contact == null || contact.strip().equals(current)) {
            return;
        }
        String wanted = contact.strip();
        recorder.change("setting %s %s".formatted(key, wanted.isEmpty() ? "removed" : "set"), () -> {
            Map<String, String> settings = new HashMap<>(settings());
            if (wanted.isEmpty()) {
                settings.remove(key);
            } else {
                settings.put(key, wanted);
            }
            RequiredActionProviderModel action =
                    action(BackupCodesPolicy.REQUIRED_ACTION).orElseThrow();
            action.setConfig(settings);
            realm.updateRequiredActionProvider(action);
        });
    }

    private Map<String, String> settings() {
        return action(BackupCodesPolicy.REQUIRED_ACTION)
                .map(RequiredActionProviderModel::getConfig)
                .orElseGet(Map::of);
    }

    /** Changes a flow with pages. Codes that are sent are added even if backup codes have to be added by hand. */
    private String pages(FlowBinding binding, SetupRecorder recorder) {
        FlowChange forms = withForm(binding.flow(realm), "");
        boolean isLeft = forms.isNeeded() && forms.obstacle().isPresent();
        String alias = editor(binding).change(this::withForm, recorder);
        return isLeft && options.addsSentCodes() ? change(binding, this::withSentCodes, recorder) : alias;
    }

    private String change(FlowBinding binding, FlowChange.Factory factory, SetupRecorder recorder) {
        AuthenticationFlowModel bound = binding.flow(realm);
        FlowChange change = factory.of(bound, "");
        Optional<String> obstacle = change.isNeeded() ? change.obstacle() : Optional.empty();
        if (obstacle.isEmpty()) {
            return editor(binding).change(factory, recorder);
        }
        recorder.gap(obstacle.get());
        return bound.getAlias();
    }

    /** Reports a flow that the options leave as it is, although users with codes that are sent alone pass with the password. */
    private void leave(FlowBinding binding, FlowChange.Factory factory, SetupRecorder recorder) {
        AuthenticationFlowModel bound = binding.flow(realm);
        if (options.addsSentCodes() && factory.of(bound, "").isNeeded()) {
            recorder.gap("%s flow \"%s\" left as it is: it does not ask for %s"
                    .formatted(
                            binding.displayName(),
                            bound.getAlias(),
                            options.sentCodes().stream()
                                    .map(VerificationCodeForm::codes)
                                    .collect(Collectors.joining(" and "))));
        }
    }

    private BoundFlowEditor editor(FlowBinding binding) {
        return new BoundFlowEditor(session, realm, binding);
    }

    private FlowChange withForm(AuthenticationFlowModel flow, String prefix) {
        return new FormFlowChange(session, realm, flow, options, prefix);
    }

    private FlowChange withBackupCodes(AuthenticationFlowModel flow, String prefix) {
        return new FormFlowChange(session, realm, flow, options.withoutSentCodes(), prefix);
    }

    private FlowChange withSentCodes(AuthenticationFlowModel flow, String prefix) {
        return new VerificationCodeFlowChanges(session, realm, flow, prefix, options.sentCodes());
    }

    private FlowChange inDirectGrant(AuthenticationFlowModel flow, String prefix) {
        return new DirectGrantFlowChange(realm, flow, prefix);
    }

    private FlowChange inReset(AuthenticationFlowModel flow, String prefix) {
        return new ResetCredentialsFlowChange(session, realm, flow, options, prefix);
    }

    private void recoveryCodesAction(SetupRecorder recorder) {
        if (!options.disablesRecoveryCodes()) {
            return;
        }
        action(UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name())
                .filter(RequiredActionProviderModel::isEnabled)
                .ifPresent(action -> recorder.change("required action %s disabled".formatted(action.getAlias()), () -> {
                    action.setEnabled(false);
                    realm.updateRequiredActionProvider(action);
                }));
    }

    /** Reports clients and identity providers with their own flows, which ignore the flows bound for the realm. */
    private void otherFlows(SetupRecorder recorder) {
        FlowOverrides overrides = new FlowOverrides(session, realm, recorder);
        overrides.reportThoseOfClients(AuthenticationFlowBindings.BROWSER_BINDING, this::withBackupCodes);
        if (options.changesDirectGrantFlow() != options.addsSentCodes()) {
            overrides.reportThoseOfClients(AuthenticationFlowBindings.DIRECT_GRANT_BINDING, this::inDirectGrant);
        }
        if (options.changesFirstBrokerFlow()) {
            overrides.reportThoseOfIdentityProviders(
                    IdentityProviderModel::getFirstBrokerLoginFlowId, this::withBackupCodes);
        }
        overrides.reportThoseOfIdentityProviders(
                IdentityProviderModel::getPostBrokerLoginFlowId, this::withBackupCodes);
        if (options.addsSentCodes()) {
            overrides.changeThoseOfClients(AuthenticationFlowBindings.BROWSER_BINDING, this::withSentCodes);
            if (options.changesDirectGrantFlow()) {
                overrides.changeThoseOfClients(AuthenticationFlowBindings.DIRECT_GRANT_BINDING, this::inDirectGrant);
            }
            if (options.changesFirstBrokerFlow()) {
                overrides.changeThoseOfIdentityProviders(
                        IdentityProviderModel::getFirstBrokerLoginFlowId, this::withSentCodes);
            } else {
                overrides.reportThoseOfIdentityProviders(
                        IdentityProviderModel::getFirstBrokerLoginFlowId, this::withSentCodes);
            }
            overrides.changeThoseOfIdentityProviders(
                    IdentityProviderModel::getPostBrokerLoginFlowId, this::withSentCodes);
        }
    }

    /**
     * Reports unusual aliases: Keycloak starts a required action for applications, and ends it, by the id of its
     * provider.
     */
    private void otherAliases(SetupRecorder recorder) {
        realm.getRequiredActionProvidersStream()
                .filter(RequiredActionProviderModel::isEnabled)
                .filter(action -> !action.getAlias().equals(action.getProviderId()))
                .forEach(action -> recorder.manualStep(
                        ("required action %1$s has the alias \"%2$s\": neither the account console nor another application"
                                        + " can start it, and if it is Keycloak's own action, it is never executed; give it the alias"
                                        + " %1$s")
                                .formatted(action.getProviderId(), action.getAlias())));
    }

    private Optional<RequiredActionProviderModel> action(String id) {
        return RequiredActions.registered(realm, id);
    }
}
