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
 * Records whether a credential that is stronger than the password was used: a second factor, a passkey or a code, ours
 * or Keycloak's. This is the only definition of that, wherever a sign-in is judged by what it used.
 *
 * <p>Only credentials that were really used count, not what a form also accepts. When the sign-in is accepted, a note
 * with the time and the user is stored for its session: a user who is later found by the cookie has used what this note
 * says. A session without the note, such as one of an earlier version, has used nothing.
 */
public final class StrongCredentialUse {

    private static final String NOTE = "backup-codes.strong-sign-in";
    private static final String NONE = "none";
    private static final String SEPARATOR = " ";

    private final RequiredActionContext context;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;

    /** Takes the context of a required action in the sign-in. */
    public StrongCredentialUse(RequiredActionContext context) {
        this.context = context;
        this.realm = context.getRealm();
        this.signIn = context.getAuthenticationSession();
    }

    /**
     * Called when the sign-in is accepted: records the use, once. A sign-in that was not found by its cookie is judged
     * by itself.
     */
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

    /** Whether such a credential was used when this sign-in was accepted. */
    boolean isThere() {
        return read(signIn.getUserSessionNotes().get(NOTE)).isPresent();
    }

    /** When such a credential was last used, in the session or in the sign-in itself. */
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
     * The types that this sign-in has used. Keycloak's authenticators and ours record them; for authenticators of other
     * extensions, which do not, the category counts once they are completed.
     */
    Set<String> types() {
        AcceptedCredentialTypes accepted = new AcceptedCredentialTypes(context.getSession(), realm);
        List<AuthenticationExecutionModel> completed = completed();
        Set<String> used = new HashSet<>();
        AuthenticatorUtil.getAuthnCredentials(signIn).stream()
                .filter(type -> !isIdentifiedExternally()
                        || completed.stream().anyMatch(done -> accepted.of(done).contains(type)))
                .forEach(used::add);
        completed.forEach(done -> accepted.categoryOfExtension(done).ifPresent(used::add));
        used.remove(PasswordCredentialModel.TYPE);
        if (!used.isEmpty()) {
            used.retainAll(new SecondFactorCredentials(context.getSession()).strongTypes());
        }
        return used;
    }

    /** The executions that were completed in this sign-in, without those that were completed in its session before. */
    private List<AuthenticationExecutionModel> completed() {
        return signIn.getExecutionStatus().entrySet().stream()
                .filter(status -> status.getValue() == AuthenticationSessionModel.ExecutionStatus.SUCCESS)
                .map(status -> realm.getAuthenticationExecutionById(status.getKey()))
                .filter(done -> done != null && done.getAuthenticator() != null)
                .filter(done -> !isIdentifiedExternally() || !isOfBrowserFlow(done))
                .toList();
    }

    /**
     * Whether an identity provider or a mail determines the user: what was completed before, at the forms of the
     * browser flow, may have been another user's.
     */
    private boolean isIdentifiedExternally() {
        return signIn.getUserSessionNotes().containsKey(Details.IDENTITY_PROVIDER)
                || signIn.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID) != null;
    }

    private boolean isOfBrowserFlow(AuthenticationExecutionModel execution) {
        AuthenticationFlowModel browser = AuthenticationFlowResolver.resolveBrowserFlow(signIn);
        return AuthenticatorUtil.getTopParentFlow(realm, execution).getId().equals(browser.getId());
    }
}
