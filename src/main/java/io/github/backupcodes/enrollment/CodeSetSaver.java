package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.flow.BrowserFlows;
import io.github.backupcodes.flow.CodesWithoutSecondFactor;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.loginstrength.CreatedCredentialsNote;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.signin.EventDetails;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.RequiredActionAssignment;
import io.github.backupcodes.support.RequiredActionRedirect;
import java.util.List;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.storage.ReadOnlyException;

/** A new set that its user has kept: it is saved, in place of an older one, and the required action has come to its end. */
final class CodeSetSaver {

    /** Keycloak's checkbox: sign out from other devices. */
    private static final String LOGOUT_SESSIONS = "logout-sessions";

    private static final String ON = "on";

    private final RequiredActionContext context;
    private final CodeSet set;
    private final UserBackupCodes codes;

    CodeSetSaver(RequiredActionContext context, CodeSet set) {
        this.context = context;
        this.set = set;
        this.codes = UserBackupCodes.of(context.getSession(), context.getUser());
    }

    /** Saves it; where somebody holds the row for too long, the page comes from which that can be tried again. */
    void save(NewCodesPage page) {
        boolean logout =
                ON.equals(context.getHttpRequest().getDecodedFormParameters().getFirst(LOGOUT_SESSIONS));
        CredentialModel saved;
        List<CredentialModel> replaced;
        try {
            saved = codes.save(
                    set,
                    context.form().getMessage("backup-codes-display-name"),
                    new CreatedCredentialsNote(context).ids());
            new CreatedCredentialsNote(context).add(SecondFactorCredentials.key(saved));
            replaced = areRecoveryCodesNeeded() ? List.of() : removeRecoveryCodes();
        } catch (CredentialLockedException e) {
            context.challenge(page.busySaving(logout));
            return;
        }
        page.discard();
        if (logout) {
            AuthenticatorUtil.logoutOtherSessions(context);
        }
        event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, CredentialTypes.BACKUP_CODES)
                .detail(Details.CREDENTIAL_ID, saved.getId())
                .detail(EventDetails.REMAINING, String.valueOf(set.remaining()))
                .success();
        replaced.forEach(this::recordRemoved);
        finish();
    }

    /**
     * Whether recovery codes of Keycloak's are all that protects the user: a flow asks for them, there is no second factor, and no
     * flow asks for the new codes alone.
     */
    private boolean areRecoveryCodesNeeded() {
        UserModel user = context.getUser();
        return !new SecondFactorCredentials(context.getSession()).has(user)
                && new BrowserFlows(context.getSession(), context.getRealm()).requestRecoveryCodesOf(user)
                && !new CodesWithoutSecondFactor(context.getSession(), context.getRealm()).areRequestedByAny();
    }

    /** All or nothing: where these cannot be had, the new set is not saved either, and nobody is told of it. */
    private List<CredentialModel> removeRecoveryCodes() {
        try {
            return codes.removeRecoveryCodes();
        } catch (CredentialLockedException e) {
            context.getSession().getTransactionManager().setRollbackOnly();
            throw e;
        }
    }

    /** Keycloak's own recovery codes go when backup codes take their place. */
    private void recordRemoved(CredentialModel recoveryCodes) {
        event(EventType.REMOVE_CREDENTIAL)
                .removeDetail(EventDetails.REMAINING)
                .detail(Details.CUSTOM_REQUIRED_ACTION, BackupCodesPolicy.REQUIRED_ACTION)
                .detail(Details.CREDENTIAL_TYPE, recoveryCodes.getType())
                .detail(Details.CREDENTIAL_ID, recoveryCodes.getId())
                .success();
    }

    /** A copy: Keycloak goes on with its own event, and LOGIN shall not look as if a code had been used. */
    private EventBuilder event(EventType type) {
        return context.getEvent().clone().event(type);
    }

    /**
     * Keycloak takes a finished action away from the user, which fails for users of a storage that allows no change: for
     * them the action is only taken away from the sign-in, which then goes on.
     */
    private void finish() {
        RequiredActionAssignment action = new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context);
        action.removeFromSignIn();
        try {
            action.removeFromUser();
            context.success();
        } catch (ReadOnlyException e) {
            AuthenticationManager.setKcActionStatus(
                    BackupCodesPolicy.REQUIRED_ACTION,
                    RequiredActionContext.KcActionStatus.SUCCESS,
                    context.getAuthenticationSession());
            context.challenge(RequiredActionRedirect.from(context));
        }
    }
}
