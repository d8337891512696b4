package io.github.backupcodes.notme;

import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.flow.BrowserFlows;
import io.github.backupcodes.flow.CodeRequestCheck;
import io.github.backupcodes.flow.CodesWithoutSecondFactor;
import io.github.backupcodes.flow.RecentSecondFactors;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.notification.NotMeActionToken;
import io.github.backupcodes.support.CredentialTypes;
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
 * Takes from whoever it was what the account could still be entered with.
 *
 * <p>A link in a mail must not make an account weaker than it was: whoever reads the mail and knows the password, by a reset
 * through the same mailbox perhaps, would only have to wait for the next mail. So where no second factor is left, and where
 * the mails of a reset go to another address by now, nobody comes in before an administrator has had a look.
 */
final class AccountLockdown {

    /** For the events. */
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
     * What was done besides.
     *
     * @param factorsRemoved  whether something else went that was set up since
     * @param locked          whether an administrator has to let the user in again
     * @param passwordChanges whether the next sign-in asks for a new password
     */
    record Outcome(boolean factorsRemoved, boolean locked, boolean passwordChanges) {}

    /**
     * Removes the codes and what was set up since, ends the sessions, and has a new password asked for.
     *
     * @throws CredentialLockedException when somebody else holds the codes; then nothing was done
     */
    Outcome run() {
        // a thief may have deleted the second factor by now
        boolean guarded = token.wasGuarded() || isGuarded();
        boolean passkey = SecondFactorCredentials.hasPasskey(user);
        RecentSecondFactors recent = RecentSecondFactors.lock(session, user, token.since(), token.beside());
        List<CredentialModel> removedCodes = codes().removeAll();
        // a passkey does not keep out who knows the password, and so takes the place of no second factor
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
        // to the letter: Keycloak has both in small letters, and what merely looks alike is another mailbox
        return !token.getEmail().equals(user.getEmail());
    }

    private UserBackupCodes codes() {
        return UserBackupCodes.of(session, user);
    }

    /** For the codes even when there is no set any more. Programs read one credential from an event. */
    private void record(String type, @Nullable String id) {
        event.clone()
                .event(EventType.REMOVE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, type)
                .detail(Details.CREDENTIAL_ID, id)
                .success();
    }
}
