package io.github.backupcodes.notme;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.credential.store.RecentSecondFactors;
import io.github.backupcodes.flow.BrowserFlows;
import io.github.backupcodes.flow.CodeRequestCheck;
import io.github.backupcodes.flow.CodesWithoutSecondFactor;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.notification.NotMeActionToken;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;
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
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.storage.ReadOnlyException;

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
        // a passkey does not stop a thief who knows the password, so it does not replace a second factor;
        // nor does a weak factor replace a stronger one
        FactorRank rest = recent.rankOfRest();
        boolean bare = (guarded && rest == FactorRank.NONE)
                || rest.isBelow(token.rank())
                || (passkey && !recent.leaveProtection());
        boolean locked = (bare || isAddressChanged()) && disableAccount();
        // who cannot be locked out keeps them: better a thief's factor than none
        List<CredentialModel> removed = bare && !locked ? List.of() : recent.remove();
        if (removedCodes.isEmpty()) {
            record(CredentialTypes.BACKUP_CODES, null);
        }
        Stream.concat(removedCodes.stream(), removed.stream())
                .forEach(credential -> record(credential.getType(), credential.getId()));
        endSessions();
        return new Outcome(!removed.isEmpty(), locked, new RequiredPasswordChange(realm, user).require());
    }

    /** Returns false if the user's storage does not allow it. */
    private boolean disableAccount() {
        try {
            user.setEnabled(false);
        } catch (ReadOnlyException e) {
            return false;
        }
        event.clone()
                .event(EventType.EXECUTE_ACTION_TOKEN)
                .detail("backup_codes_account", "disabled")
                .success();
        return true;
    }

    /**
     * Ends the sessions as an administrator does it, offline sessions included: their tokens are older than the time set here.
     * So are the sign-ins that have no session yet, which the required action refuses from then on. The time has whole
     * seconds: the next second, so that it comes after everything that began in this one.
     */
    private void endSessions() {
        session.users().setNotBeforeForUser(realm, user, (int)
                Instant.now().plusSeconds(1).getEpochSecond());
        for (UserSessionModel ended :
                session.sessions().getUserSessionsStream(realm, user).toList()) {
            AuthenticationManager.backchannelLogout(session, ended, true);
            event.clone().event(EventType.LOGOUT).session(ended.getId()).success();
        }
        // only the cookie of a session that has ended is removed from the browser, never that of another user
        if (AuthenticationManager.authenticateIdentityCookie(session, realm, true) == null) {
            AuthenticationManager.expireRememberMeCookie(session);
        }
    }

    /**
     * Whether a sign-in requests more than the password. This differs from {@link CodeRequestCheck} on purpose: any second factor counts,
     * so that no account becomes weaker, and codes only if a flow for signing in requests them without a second factor.
     */
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
        return UserBackupCodes.of(session, user);
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
