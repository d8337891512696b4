package io.github.backupcodes.signin;

import io.github.backupcodes.flow.CurrentFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * A sign-in in another tab of the same browser in which the user has used a temporary code, and that was not completed: the user has
 * closed or lost the page that follows. The code is used, so without this the user would be locked out again.
 *
 * <p>Whoever has the cookie of the browser could go on in that tab. So a new sign-in of the same user, in the same flow of the same
 * application, takes its place. The other one ends, so that one code still completes one sign-in.
 */
final class InterruptedTemporaryLogin {

    private static final String FLOW_NOTE = "backup-codes.used-in";
    private static final String TIME_NOTE = "backup-codes.used-at";

    private final RootAuthenticationSessionModel browser;
    private final String tab;
    private final UsedCodeNote used;

    private InterruptedTemporaryLogin(RootAuthenticationSessionModel browser, String tab, UsedCodeNote used) {
        this.browser = browser;
        this.tab = tab;
        this.used = used;
    }

    /** Notes in the current sign-in of the session what {@link #of} compares. */
    static void remember(KeycloakSession session, AuthenticationSessionModel signIn) {
        signIn.setAuthNote(FLOW_NOTE, flow(session, signIn.getRealm()));
        signIn.setAuthNote(TIME_NOTE, String.valueOf(Time.currentTimeMillis()));
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
                .findFirst()
                .map(other -> of(browser, other));
    }

    private static InterruptedTemporaryLogin of(
            RootAuthenticationSessionModel browser, Map.Entry<String, AuthenticationSessionModel> other) {
        return new InterruptedTemporaryLogin(
                browser, other.getKey(), UsedCodeNote.in(other.getValue()).orElseThrow());
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

    /** Not after the time for a sign-in, after all sessions of the user were ended, or once the user has set up a second factor. */
    private static boolean isCurrent(KeycloakSession session, UserModel user, @Nullable String time) {
        if (time == null) {
            return false;
        }
        RealmModel realm = session.getContext().getRealm();
        Instant usedAt = Instant.ofEpochMilli(Long.parseLong(time));
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        return now.isBefore(usedAt.plus(Duration.ofSeconds(realm.getAccessCodeLifespanLogin())))
                && session.users().getNotBeforeOfUser(realm, user) <= usedAt.getEpochSecond()
                && user.credentialManager()
                        .getStoredCredentialsStream()
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

    /** Ends the other sign-in and returns what its code has brought. */
    UsedCodeNote take() {
        browser.removeAuthenticationSessionByTabId(tab);
        return used;
    }
}
