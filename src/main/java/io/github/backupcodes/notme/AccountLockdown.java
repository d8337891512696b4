package io.github.backupcodes.notme;

import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.flow.BrowserFlows;
import io.github.backupcodes.flow.CodesWithoutSecondFactor;
import io.github.backupcodes.flow.RecentSecondFactors;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.notification.NotMeActionToken;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Secures an account: removes everything with which someone else could still sign in.
 *
 * <p>A link in a mail must not make an account weaker than it was: a thief who reads the mail and knows the password,
 * perhaps after a reset through the same mailbox, would only need to wait for the next mail. So if no second factor is
 * left, or if the mails of a reset now go to another address, the account is locked until an administrator has checked
 * it.
 */
final class AccountLockdown {

    /** The reason in the events. */
    private static final String REASON = "backup_codes_not_me";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final NotMeActionToken token;
    private final EventBuilder event;

    AccountLockdown(NotMeActionToken token, ActionTokenContext<?> context) {
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.user = context.getAuthenticationSession().getAuthenticatedUser();
        this.token = token;
        this.event = context.getEvent().detail(Details.REASON, REASON);
    }

    /**
     * Value object: what was done besides revoking the codes.
     *
     * @param factorsRemoved  whether other credentials that were set up since were removed
     * @param locked          whether an administrator must unlock the account
     * @param passwordChanges whether the next sign-in requires a new password
     */
    record Outcome(boolean factorsRemoved, boolean locked, boolean passwordChanges) {}

    /**
     * Removes the codes and what was set up since, ends the sessions, and requires a new password.
     *
     * @throws CredentialLockedException if another transaction holds the codes; then nothing was done
     */
    Outcome run() {
        // a thief may have deleted the second factor meanwhile
        boolean guarded = token.wasGuarded() || isGuarded();
        boolean passkey = SecondFactorCredentials.hasPasskey(user);
        RecentSecondFactors recent = RecentSecondFactors.lock(session, user, token.since(), token.beside());
        List<CredentialModel> removedCodes = codes().removeAll();
        // a passkey does not stop a thief who knows the password, so it does not replace a second factor
        boolean bare = (guarded && !recent.leaveSecondFactor()) || (passkey && !recent.leaveProtection());
        boolean locked = (bare || isAddressChanged()) && new AccountLock(user, event).close();
        // who cannot be locked out keeps them: better a thief's factor than none
        List<CredentialModel> removed = bare && !locked ? List.of() : recent.remove();
        if (removedCodes.isEmpty()) {
            record(CredentialTypes.BACKUP_CODES, null);
        }
        Stream.concat(removedCodes.stream(), removed.stream())
                .forEach(credential -> record(credential.getType(), credential.getId()));
        new Sessions(session, realm, user, event).end();
        return new Outcome(!removed.isEmpty(), locked, new RequiredPasswordChange(realm, user).require());
    }

    /** Whether a sign-in takes more than the password. */
    private boolean isGuarded() {
        CodesWithoutSecondFactor alone = new CodesWithoutSecondFactor(session, realm);
        BrowserFlows flows = new BrowserFlows(session, realm);
        return new SecondFactorCredentials(session).has(user)
                || (codes().haveBeenGenerated()
                        && (flows.requestRecoveryCodesOf(user) || flows.all().anyMatch(alone::areRequestedBy)));
    }

    private boolean isAddressChanged() {
        // exact comparison: Keycloak stores both in lower case, and an address that only looks similar is another
        // mailbox
        return !token.getEmail().equals(user.getEmail());
    }

    private UserBackupCodes codes() {
        return BackupCodesCredentialProvider.of(session).codes(user);
    }

    /** Recorded for the codes even if there is no set any more. Programs read one credential from an event. */
    private void record(String type, @Nullable String id) {
        event.clone()
                .event(EventType.REMOVE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, type)
                .detail(Details.CREDENTIAL_ID, id)
                .success();
    }
}
