package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.VerificationCode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Sends messages of one kind, for example mails, in a session of the queue. */
public interface MessageChannel {

    /** The name in metrics, for example {@code email}. */
    String name();

    /** Whether codes may still be sent to a destination of the user: it may have changed since. */
    boolean isDestinationOf(KeycloakSession session, UserModel user, String destination);

    /**
     * Sends a message. It may take seconds, so the transaction of the session has been committed before: it can read, and changes
     * nothing.
     *
     * @param session whose realm is that of the user
     * @param user    who gets the message
     * @param message the message
     * @param code    the code that it brings
     * @throws MessageNotSentException if it was not sent
     */
    void send(KeycloakSession session, UserModel user, VerificationMessage message, VerificationCode code)
            throws MessageNotSentException;

    /** Records that a message was sent, or that it was not. */
    void record(KeycloakSession session, UserModel user, VerificationMessage message, boolean sent);
}
