package io.github.backupcodes.loginstrength;

import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.flow.SecondFactorOption;
import io.github.backupcodes.flow.SecondFactorOptions;
import io.github.backupcodes.policy.BackupCodesPolicy;
import jakarta.ws.rs.HttpMethod;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.Constants;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The credentials that were made in a sign-in, or before in the session that it goes on with, by their ids. A date would not
 * tell them from those that another session of the same user has made meanwhile.
 */
public final class CreatedCredentialsNote {

    private static final String NOTE = "backup-codes.made-here";
    private static final String SEPARATOR = " ";

    /** As long as the request that makes a credential may take. One that takes longer is not found again: no harm but a sign-in. */
    private static final Duration REQUEST = Duration.ofSeconds(10);

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    public CreatedCredentialsNote(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** When the sign-in is let in: a session that is entered anew forgets what was made before. */
    public void mark() {
        if (!AuthenticatorUtil.isSSOAuthentication(signIn)
                && !signIn.getUserSessionNotes().containsKey(NOTE)) {
            signIn.setUserSessionNote(NOTE, "");
        }
    }

    /** Before every step of the sign-in: takes note of what an action has made in this very request. */
    public void followUp() {
        String type = typeOfDoneAction().orElse(null);
        if (type == null) {
            return;
        }
        Set<String> known = ids();
        List<String> made = context.getUser()
                .credentialManager()
                .getStoredCredentialsByTypeStream(type)
                .filter(CreatedCredentialsNote::isOfThisRequest)
                .map(SecondFactorCredentials::key)
                .filter(key -> !known.contains(key))
                .toList();
        // of two at the same moment one is another session's, and nobody can say which
        if (made.size() == 1) {
            add(made.get(0));
        }
    }

    /** Takes note of one. */
    public void add(String id) {
        Set<String> all = new LinkedHashSet<>(ids());
        all.add(id);
        signIn.setUserSessionNote(NOTE, String.join(SEPARATOR, all));
    }

    /** All of them. */
    public Set<String> ids() {
        String own = signIn.getUserSessionNotes().get(NOTE);
        String note = own == null ? noteOfSession() : own;
        return note == null || note.isEmpty() ? Set.of() : Set.of(note.split(SEPARATOR, -1));
    }

    private @Nullable String noteOfSession() {
        UserSessionModel found = new SignInStrength(context).ssoSession();
        return found == null ? null : found.getNote(NOTE);
    }

    /**
     * The type of credential that an action makes which has just ended. Keycloak looks at the triggers also when it only shows the
     * page of an action again. It goes on in the request that a form has sent, which has a session code, when the action is done
     * or was cancelled, and takes away the note of the running one just before ({@code LoginActionsService#processRequireAction}).
     */
    private Optional<String> typeOfDoneAction() {
        String action = signIn.getAuthNote(AuthenticationProcessor.LAST_PROCESSED_EXECUTION);
        if (action == null
                // which says itself what it has made
                || action.equals(BackupCodesPolicy.REQUIRED_ACTION)
                || !HttpMethod.POST.equals(context.getHttpRequest().getHttpMethod())
                || !action.equals(context.getUriInfo().getQueryParameters().getFirst(Constants.EXECUTION))
                || !context.getUriInfo().getQueryParameters().containsKey(LoginActionsService.SESSION_CODE)
                || signIn.getAuthNote(AuthenticationProcessor.CURRENT_AUTHENTICATION_EXECUTION) != null
                || context.getHttpRequest().getDecodedFormParameters().containsKey(LoginActionsService.CANCEL_AIA)) {
            return Optional.empty();
        }
        return Stream.concat(
                        new SecondFactorOptions(context.getSession(), context.getUser())
                                .madeBy(action).map(SecondFactorOption::type).stream(),
                        registeredBy(action).stream())
                .findFirst();
    }

    private Optional<String> registeredBy(String action) {
        return context.getSession().getProvider(RequiredActionProvider.class, action)
                        instanceof CredentialRegistrator registrator
                ? Optional.ofNullable(registrator.getCredentialType(context.getSession(), signIn))
                : Optional.empty();
    }

    private static boolean isOfThisRequest(CredentialModel credential) {
        return credential.getCreatedDate() != null
                && Time.currentTimeMillis() - credential.getCreatedDate() <= REQUEST.toMillis();
    }
}
