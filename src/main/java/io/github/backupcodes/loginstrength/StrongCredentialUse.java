package io.github.backupcodes.loginstrength;

import io.github.backupcodes.flow.AcceptedCredentialTypes;
import io.github.backupcodes.flow.SecondFactorCredentials;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What somebody has shown that is worth more than the password: a second factor, a passkey or a code, of ours or of
 * Keycloak's. The one notion of that, wherever a sign-in is judged by what it used.
 *
 * <p>Only what was really used counts, not what a form takes besides. The sign-in notes it when it is let in, with the time
 * and the user, for the session that it leads to: who is found by the cookie later has shown what this note says. A session
 * without the note, as one of an earlier version, has shown nothing.
 */
public final class StrongCredentialUse {

    private static final String NOTE = "backup-codes.strong-sign-in";
    private static final String NONE = "none";
    private static final String SEPARATOR = " ";

    private final RequiredActionContext context;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;

    public StrongCredentialUse(RequiredActionContext context) {
        this.context = context;
        this.realm = context.getRealm();
        this.signIn = context.getAuthenticationSession();
    }

    /** When the sign-in is let in: takes note, once. One that is not found by its cookie stands for itself. */
    public void mark() {
        if (signIn.getUserSessionNotes().containsKey(NOTE)) {
            return;
        }
        if (!types().isEmpty()) {
            signIn.setUserSessionNote(
                    NOTE,
                    new LoginStart(context).startedAt().getEpochSecond()
                            + SEPARATOR
                            + context.getUser().getId());
        } else if (!AuthenticatorUtil.isSSOAuthentication(signIn)) {
            signIn.setUserSessionNote(NOTE, NONE);
        }
    }

    /** Whether there was some in this sign-in when it was let in. */
    boolean isThere() {
        return read(signIn.getUserSessionNotes().get(NOTE)).isPresent();
    }

    /** When there was some last, in the session that the sign-in goes on with or in the sign-in itself. */
    Optional<Instant> lastIn(UserSessionModel session) {
        return read(signIn.getUserSessionNotes().get(NOTE)).or(() -> read(session.getNote(NOTE)));
    }

    private Optional<Instant> read(@Nullable String note) {
        if (note == null || NONE.equals(note)) {
            return Optional.empty();
        }
        String[] parts = note.split(SEPARATOR, -1);
        return parts.length == 2 && parts[1].equals(context.getUser().getId())
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(parts[0])))
                : Optional.empty();
    }

    /**
     * The types of what this sign-in has used. Keycloak's authenticators and ours record that; of another extension's that do
     * not, the category tells, once they are completed.
     */
    Set<String> types() {
        AcceptedCredentialTypes accepted = new AcceptedCredentialTypes(context.getSession(), realm);
        List<AuthenticationExecutionModel> completed = completed();
        Set<String> used = new HashSet<>();
        AuthenticatorUtil.getAuthnCredentials(signIn).stream()
                .filter(type -> !isFromOutside()
                        || completed.stream().anyMatch(done -> accepted.of(done).contains(type)))
                .forEach(used::add);
        completed.forEach(done -> accepted.categoryOfExtension(done).ifPresent(used::add));
        used.remove(PasswordCredentialModel.TYPE);
        if (!used.isEmpty()) {
            used.retainAll(new SecondFactorCredentials(context.getSession()).strongTypes());
        }
        return used;
    }

    /** What was completed in this sign-in, without what its session has completed before. */
    private List<AuthenticationExecutionModel> completed() {
        return signIn.getExecutionStatus().entrySet().stream()
                .filter(status -> status.getValue() == AuthenticationSessionModel.ExecutionStatus.SUCCESS)
                .map(status -> realm.getAuthenticationExecutionById(status.getKey()))
                .filter(done -> done != null && done.getAuthenticator() != null)
                .filter(done -> !isFromOutside() || !isOfBrowserFlow(done))
                .toList();
    }

    /**
     * Whether an identity provider or a mail says who the user is: what somebody did before, at the forms of the browser flow,
     * may have been another user's.
     */
    private boolean isFromOutside() {
        return signIn.getUserSessionNotes().containsKey(Details.IDENTITY_PROVIDER)
                || signIn.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID) != null;
    }

    private boolean isOfBrowserFlow(AuthenticationExecutionModel execution) {
        AuthenticationFlowModel browser = AuthenticationFlowResolver.resolveBrowserFlow(signIn);
        return AuthenticatorUtil.getTopParentFlow(realm, execution).getId().equals(browser.getId());
    }
}
