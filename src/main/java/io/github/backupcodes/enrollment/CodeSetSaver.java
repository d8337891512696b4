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
import java.util.List;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;

/** Saves a new set after its user confirmed it, replacing an older one, and ends the required action. */
final class CodeSetSaver {

    /** Keycloak's checkbox: sign out from other devices. */
    private static final String LOGOUT_SESSIONS = "logout-sessions";

    private static final String ON = "on";

    private final BackupCodesActionContext request;
    private final RequiredActionContext context;
    private final CodeSet set;
    private final UserBackupCodes codes;

    CodeSetSaver(BackupCodesActionContext request, CodeSet set) {
        this.request = request;
        this.context = request.keycloak();
        this.set = set;
        this.codes = request.codes();
    }

    /**
     * Saves the set; if another transaction holds the row for too long, shows the page from which this can be tried
     * again.
     */
    void save() {
        NewCodesPage page = request.newCodesPage();
        boolean logout =
                ON.equals(context.getHttpRequest().getDecodedFormParameters().getFirst(LOGOUT_SESSIONS));
        CredentialModel saved;
        List<CredentialModel> replaced;
        try {
            saved = codes.save(set, new CreatedCredentialsNote(context).ids());
            new CreatedCredentialsNote(context).add(SecondFactorCredentials.key(saved));
            replaced = areRecoveryCodesNeeded() ? List.of() : removeRecoveryCodes();
        } catch (CredentialLockedException e) {
            context.challenge(page.busySaving(logout));
            return;
        }
        page.saved();
        if (logout) {
            AuthenticatorUtil.logoutOtherSessions(context);
        }
        event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, CredentialTypes.BACKUP_CODES)
                .detail(Details.CREDENTIAL_ID, saved.getId())
                .detail(EventDetails.REMAINING, String.valueOf(set.remaining()))
                .success();
        replaced.forEach(this::recordRemoved);
        new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context).complete(context);
    }

    /**
     * Whether Keycloak recovery codes are all that protects the user: a flow requests them, there is no second factor,
     * and no flow requests the new codes alone.
     */
    private boolean areRecoveryCodesNeeded() {
        UserModel user = context.getUser();
        return !new SecondFactorCredentials(context.getSession()).has(user)
                && new BrowserFlows(context.getSession(), context.getRealm()).requestRecoveryCodesOf(user)
                && !new CodesWithoutSecondFactor(context.getSession(), context.getRealm()).areRequestedByAny();
    }

    /** All or nothing: if these rows are locked, the new set is not saved either, and no notification is sent. */
    private List<CredentialModel> removeRecoveryCodes() {
        try {
            return codes.removeRecoveryCodes();
        } catch (CredentialLockedException e) {
            context.getSession().getTransactionManager().setRollbackOnly();
            throw e;
        }
    }

    /** Records that Keycloak recovery codes were removed, because backup codes replaced them. */
    private void recordRemoved(CredentialModel recoveryCodes) {
        event(EventType.REMOVE_CREDENTIAL)
                .removeDetail(EventDetails.REMAINING)
                .detail(Details.CUSTOM_REQUIRED_ACTION, BackupCodesPolicy.REQUIRED_ACTION)
                .detail(Details.CREDENTIAL_TYPE, recoveryCodes.getType())
                .detail(Details.CREDENTIAL_ID, recoveryCodes.getId())
                .success();
    }

    /** A copy, because Keycloak continues to use its own event, and LOGIN must not look as if a code was used. */
    private EventBuilder event(EventType type) {
        return context.getEvent().clone().event(type);
    }
}
