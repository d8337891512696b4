package io.github.backupcodes.signin;

import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.flow.CurrentFlow;
import io.github.backupcodes.support.AfterRollback;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * A sign-in in another tab of the same browser in which the user has used a temporary code, and that was not completed: the user has
 * closed or lost the page that follows. The code is used, so without this the user would be locked out again.
 *
 * <p>Anyone with the cookie of the browser could continue in that tab. So a new sign-in of the same user, in the same flow of the same
 * application, takes its place. The other one ends, so that one code still completes one sign-in.
 */
public final class InterruptedTemporaryLogin {

    private static final String FLOW_NOTE = "backup-codes.used-in";
    private static final String TIME_NOTE = "backup-codes.used-at";

    /** The prefix of the entry that says that a sign-in was taken. */
    private static final String TAKEN = "backup-codes.resumed.";

    /** The help desk may have set a new one beside the code, or the user has chosen one after it. */
    private static final Set<String> PASSWORDS =
            Set.of(PasswordCredentialModel.TYPE, PasswordCredentialModel.PASSWORD_HISTORY);

    private final KeycloakSession session;
    private final AuthenticationSessionModel current;
    private final AuthenticationSessionModel other;

    private InterruptedTemporaryLogin(
            KeycloakSession session, AuthenticationSessionModel current, AuthenticationSessionModel other) {
        this.session = session;
        this.current = current;
        this.other = other;
    }

    /** Notes in the current sign-in of the session what {@link #of} compares. One that took the place of another keeps its time. */
    static void remember(KeycloakSession session, AuthenticationSessionModel signIn) {
        signIn.setAuthNote(FLOW_NOTE, flow(session, signIn.getRealm()));
        if (signIn.getAuthNote(TIME_NOTE) == null) {
            signIn.setAuthNote(TIME_NOTE, String.valueOf(Time.currentTimeMillis()));
        }
    }

    /** Finds the one that the current sign-in of the session may replace. */
    static Optional<InterruptedTemporaryLogin> of(KeycloakSession session, UserModel user) {
        AuthenticationSessionModel current = session.getContext().getAuthenticationSession();
        if (current == null
                || current.getParentSession() == null
                || UsedCodeNote.in(current).isPresent()) {
            return Optional.empty();
        }
        RootAuthenticationSessionModel browser = current.getParentSession();
        return browser.getAuthenticationSessions().entrySet().stream()
                .filter(other -> !other.getKey().equals(current.getTabId()))
                .filter(other -> UsedCodeNote.in(other.getValue())
                        .filter(UsedCodeNote::isTemporary)
                        .isPresent())
                .filter(other -> isSame(session, user, current, other.getValue()))
                .filter(other -> !wasTaken(session, other.getValue()))
                .findFirst()
                .map(other -> new InterruptedTemporaryLogin(session, current, other.getValue()));
    }

    private static boolean isSame(
            KeycloakSession session,
            UserModel user,
            AuthenticationSessionModel current,
            AuthenticationSessionModel other) {
        UserModel otherUser = other.getAuthenticatedUser();
        return otherUser != null
                && otherUser.getId().equals(user.getId())
                && current.getClient().getId().equals(other.getClient().getId())
                && flow(session, current.getRealm()).equals(other.getAuthNote(FLOW_NOTE))
                && isCurrent(session, user, other.getAuthNote(TIME_NOTE));
    }

    /**
     * Not after the time for a sign-in, after all sessions of the user were ended, or once the user has set up a second factor; and not
     * if the row does not say that the code was used by then: the help desk has revoked it or issued another one, or the database has
     * rolled back the use, which the notes of a sign-in survive.
     */
    private static boolean isCurrent(KeycloakSession session, UserModel user, @Nullable String time) {
        if (time == null) {
            return false;
        }
        RealmModel realm = session.getContext().getRealm();
        Instant usedAt = Instant.ofEpochMilli(Long.parseLong(time));
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        return now.isBefore(usedAt.plus(Duration.ofSeconds(realm.getAccessCodeLifespanLogin())))
                && session.users().getNotBeforeOfUser(realm, user) <= usedAt.getEpochSecond()
                && UserBackupCodes.of(session, user)
                        .temporary()
                        .usedAt()
                        .filter(inRow -> !inRow.truncatedTo(ChronoUnit.MILLIS).isAfter(usedAt))
                        .isPresent()
                && user.credentialManager()
                        .getStoredCredentialsStream()
                        .filter(credential -> !PASSWORDS.contains(credential.getType()))
                        .allMatch(credential -> credential.getCreatedDate() == null
                                || credential.getCreatedDate() < usedAt.toEpochMilli());
    }

    private static String flow(KeycloakSession session, RealmModel realm) {
        CurrentFlow flow = CurrentFlow.of(session, realm);
        return flow.signIn()
                + flow.flows().stream()
                        .map(AuthenticationFlowModel::getId)
                        .sorted()
                        .toList()
                        .toString();
    }

    /**
     * Ends the other sign-in.
     *
     * @return what its code has brought; empty if another tab, or a request in another thread or on another server, has taken it
     */
    Optional<UsedCodeNote> take() {
        String key = takenKey(other);
        if (!session.singleUseObjects()
                .putIfAbsent(key, session.getContext().getRealm().getAccessCodeLifespanLogin())) {
            return Optional.empty();
        }
        String ofCurrent = takenKey(current);
        AfterRollback.run(session, current.getAuthenticatedUser(), (own, same) -> {
            // not all implementations of the store undo it with the transaction; the user would be locked out
            if (!own.singleUseObjects().contains(ofCurrent)) {
                own.singleUseObjects().remove(key);
            }
        });
        Optional<UsedCodeNote> used = UsedCodeNote.in(other);
        current.setAuthNote(TIME_NOTE, other.getAuthNote(TIME_NOTE));
        other.getParentSession().removeAuthenticationSessionByTabId(other.getTabId());
        return used;
    }

    /**
     * Whether another tab has taken the place of this sign-in. A request that was under way in this tab at that moment may have stored
     * it again.
     */
    public static boolean wasTaken(KeycloakSession session, AuthenticationSessionModel signIn) {
        return session.singleUseObjects().contains(takenKey(signIn));
    }

    private static String takenKey(AuthenticationSessionModel signIn) {
        return TAKEN + signIn.getParentSession().getId() + "." + signIn.getTabId();
    }
}
