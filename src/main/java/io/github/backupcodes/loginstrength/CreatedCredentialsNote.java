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
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Records the credentials that were created in a sign-in, or earlier in its session, by their ids. A date would not
 * distinguish them from those that another session of the same user created meanwhile.
 */
public final class CreatedCredentialsNote {

    private static final String NOTE = "backup-codes.made-here";
    private static final String SEPARATOR = " ";

    /**
     * How long the request that creates a credential may take. After a longer request the credential is not recorded,
     * and the user must only sign in again.
     */
    private static final Duration REQUEST = Duration.ofSeconds(10);

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    /** Takes the context of a required action in the sign-in. */
    public CreatedCredentialsNote(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** Called when the sign-in is accepted: a session that is entered again forgets what was created before. */
    public void mark() {
        if (!AuthenticatorUtil.isSSOAuthentication(signIn)
                && !signIn.getUserSessionNotes().containsKey(NOTE)) {
            signIn.setUserSessionNote(NOTE, "");
        }
    }

    /** Called before every step of the sign-in: records what an action created in this very request. */
    public void followUp() {
        String type = typeOfDoneAction().orElse(null);
        if (type == null) {
            return;
        }
        Set<String> known = ids();
        List<String> created = context.getUser()
                .credentialManager()
                .getStoredCredentialsByTypeStream(type)
                .filter(CreatedCredentialsNote::isOfThisRequest)
                .map(SecondFactorCredentials::key)
                .filter(key -> !known.contains(key))
                .toList();
        // if two were created at the same time, one belongs to another session, but it is unknown which
        if (created.size() == 1) {
            add(created.get(0));
        }
    }

    /** Records a credential. */
    public void add(String id) {
        Set<String> all = new LinkedHashSet<>(ids());
        all.add(id);
        signIn.setUserSessionNote(NOTE, String.join(SEPARATOR, all));
    }

    /** The ids of all recorded credentials. */
    public Set<String> ids() {
        return ids(signIn, new SignInStrength(context).ssoSession());
    }

    /** The ids that were recorded in a sign-in, otherwise those of its session; either may be missing. */
    static Set<String> ids(@Nullable AuthenticationSessionModel signIn, @Nullable UserSessionModel session) {
        String own = signIn == null ? null : signIn.getUserSessionNotes().get(NOTE);
        String note = own == null && session != null ? session.getNote(NOTE) : own;
        return note == null || note.isEmpty() ? Set.of() : Set.of(note.split(SEPARATOR, -1));
    }

    /**
     * The type of credential that is created by an action which has just ended. Keycloak evaluates the triggers also
     * when it only shows the page of an action again. When the action is done or was cancelled, it evaluates them in
     * the request in which the form was submitted, which has a session code, and removes the note of the current
     * execution just before ({@code LoginActionsService#processRequireAction}).
     */
    private Optional<String> typeOfDoneAction() {
        String action = signIn.getAuthNote(AuthenticationProcessor.LAST_PROCESSED_EXECUTION);
        if (action == null
                // this action records by itself what it created
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

    /**
     * Whether a credential is as new as one that this request has created. Keycloak dates recovery codes by when their page was opened, so
     * any may be of this request; a user has one set (RecoveryAuthnCodesAction).
     */
    static boolean isOfThisRequest(CredentialModel credential) {
        return RecoveryAuthnCodesCredentialModel.TYPE.equals(credential.getType())
                || (credential.getCreatedDate() != null
                        && Time.currentTimeMillis() - credential.getCreatedDate() <= REQUEST.toMillis());
    }
}
