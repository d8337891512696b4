package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.VerificationCode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Sends messages of one kind, for example mails, in a session of the queue. */
public interface MessageChannel {

    /** A message that is ready to be sent. */
    @FunctionalInterface
    interface MessageDelivery {

        /**
         * Sends it; may take seconds.
         *
         * @throws MessageNotSentException if it was not sent
         */
        void send() throws MessageNotSentException;
    }

    /** The name in metrics, for example {@code email}. */
    String name();

    /** Whether codes may still be sent to a destination of the user: it may have changed since. */
    boolean isDestinationOf(KeycloakSession session, UserModel user, String destination);

    /**
     * Makes a message ready.
     *
     * @param session whose realm is that of the user
     * @param user    who gets the message
     * @param message the message
     * @param code    the code that it brings
     */
    MessageDelivery prepare(
            KeycloakSession session, UserModel user, VerificationMessage message, VerificationCode code);

    /**
     * Whether a message is sent in the transaction in which it was made ready. If not, that is committed before, so that no database
     * connection is held while the other side takes its time.
     */
    boolean sendsInTransaction();

    /** Records that a message was sent, or that it was not. */
    void record(KeycloakSession session, UserModel user, VerificationMessage message, boolean sent);
}
