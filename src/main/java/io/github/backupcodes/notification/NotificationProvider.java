package io.github.backupcodes.notification;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * Tells users what happened to their backup codes, by mail to their verified address, where the realm wants it and has a
 * mail server.
 */
public interface NotificationProvider extends Provider {

    /** Those of a session, whose realm is meant. */
    static NotificationProvider of(KeycloakSession session) {
        return session.getProvider(NotificationProvider.class);
    }

    /** Whether the realm wants the user to be told, and there is a way to do so. */
    boolean canNotify(UserModel user);

    /**
     * Tells a user, after the transaction of the session has been committed and beside the request: it waits for nothing,
     * and nothing that goes wrong comes back. Does nothing when the user cannot be reached.
     *
     * @param user   whom to tell
     * @param notification what happened
     */
    void notify(UserModel user, Notification notification);

    /**
     * The same for work in the background that tells many users: the commit waits until the mail is sent, so that no more
     * of them wait than can be sent.
     *
     * @param user   whom to tell
     * @param notification what happened
     */
    void notifySynchronously(UserModel user, Notification notification);

    @Override
    default void close() {}
}
