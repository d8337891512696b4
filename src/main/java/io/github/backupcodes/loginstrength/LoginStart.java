package io.github.backupcodes.loginstrength;

import io.github.backupcodes.policy.BackupCodesPolicy;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.light.LightweightUserAdapter;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/** When a sign-in was let in: the moment in which its user had shown all that the flow asks for, before any required action. */
public final class LoginStart {

    private static final String NOTE = "backup-codes.began";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    public LoginStart(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** Takes note of it, once. */
    public void record() {
        if (signIn.getAuthNote(NOTE) == null) {
            signIn.setAuthNote(NOTE, Instant.now().toString());
        }
    }

    /** The moment; for a session that was found by its cookie that of its being found. */
    Instant startedAt() {
        String note = signIn.getAuthNote(NOTE);
        return note == null ? Instant.now() : Instant.parse(note);
    }

    /**
     * Ending all sessions of a user has to end the sign-ins too that are on their way to one. Keycloak cannot find these by
     * their user, but nothing of what they do counts: the request is rolled back, whatever action it has just completed. A
     * session that came into being at the very moment in which the others were ended is found out when it is used.
     *
     * @throws WebApplicationException with the page to show, when all sessions of the user were ended since
     */
    public void rejectIfLoggedOut() {
        KeycloakSession session = context.getSession();
        UserModel user = context.getUser();
        int notBefore = LightweightUserAdapter.isLightweightUser(user)
                ? 0
                : session.users().getNotBeforeOfUser(context.getRealm(), user);
        if (notBefore == 0 || !isBefore(notBefore)) {
            return;
        }
        context.getEvent()
                .clone()
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .user(user)
                .detail(Details.CUSTOM_REQUIRED_ACTION, BackupCodesPolicy.REQUIRED_ACTION)
                .error(Errors.SESSION_EXPIRED);
        throw new ErrorPageException(session, signIn, Response.Status.BAD_REQUEST, Messages.LOGIN_TIMEOUT);
    }

    /** A brokered session may have been authenticated long before it began: the beginning counts. */
    private boolean isBefore(int second) {
        return startedAt().getEpochSecond() < second
                || ssoSession().filter(session -> session.getStarted() < second).isPresent();
    }

    private Optional<UserSessionModel> ssoSession() {
        return Optional.ofNullable(new SignInStrength(context).ssoSession());
    }
}
