package io.github.backupcodes.loginstrength;

import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.UserStorages;
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
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Records when a sign-in was accepted: when its user had passed all steps of the flow, before any required action. */
public final class LoginStart {

    private static final String NOTE = "backup-codes.began";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    /** Takes the context of a required action in the sign-in. */
    public LoginStart(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** Records the moment, once. */
    public void record() {
        if (signIn.getAuthNote(NOTE) == null) {
            signIn.setAuthNote(NOTE, Instant.now().toString());
        }
    }

    /** The recorded moment; for a session that was found by its cookie, when it was found. */
    Instant startedAt() {
        String note = signIn.getAuthNote(NOTE);
        return note == null ? Instant.now() : Instant.parse(note);
    }

    /**
     * Rejects a sign-in if all sessions of its user were ended since it began. Keycloak cannot find running sign-ins by
     * their user, but none of what they do takes effect: the request is rolled back, whatever action it just completed.
     * A session that was created at the very moment at which the others were ended is rejected when it is used.
     *
     * @throws WebApplicationException with the page to show, if all sessions of the user were ended since
     */
    public void rejectIfLoggedOut() {
        KeycloakSession session = context.getSession();
        UserModel user = context.getUser();
        int notBefore =
                new UserStorages(user).isStored() ? session.users().getNotBeforeOfUser(context.getRealm(), user) : 0;
        if (notBefore != 0 && isBefore(notBefore)) {
            reject();
        }
    }

    /**
     * Rejects a sign-in that has ended: the request is rolled back.
     *
     * @throws WebApplicationException with the page to show, always
     */
    public void reject() {
        KeycloakSession session = context.getSession();
        context.getEvent()
                .clone()
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .user(context.getUser())
                .detail(Details.CUSTOM_REQUIRED_ACTION, BackupCodesPolicy.REQUIRED_ACTION)
                .error(Errors.SESSION_EXPIRED);
        throw new ErrorPageException(session, signIn, Response.Status.BAD_REQUEST, Messages.LOGIN_TIMEOUT);
    }

    /** A brokered session may have been authenticated long before it began: its beginning is compared. */
    private boolean isBefore(int second) {
        return startedAt().getEpochSecond() < second
                || ssoSession().filter(session -> session.getStarted() < second).isPresent();
    }

    private Optional<UserSessionModel> ssoSession() {
        return Optional.ofNullable(new SignInStrength(context).ssoSession());
    }
}
