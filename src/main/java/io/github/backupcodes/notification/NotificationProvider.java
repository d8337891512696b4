package io.github.backupcodes.notification;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * Notifies users of what happened to their backup codes, by mail to their verified address, if the realm is configured
 * to and has a mail server.
 */
public interface NotificationProvider extends Provider {

    /** The provider of a session, for its realm. */
    static NotificationProvider of(KeycloakSession session) {
        return session.getProvider(NotificationProvider.class);
    }

    /** Whether the realm wants the user to be notified, and the user can be reached. */
    boolean canNotify(UserModel user);

    /**
     * Notifies a user asynchronously after the transaction of the session was committed: the caller neither waits nor
     * gets errors. Does nothing if the user cannot be reached.
     *
     * @param user         the user to notify
     * @param notification what happened
     */
    void notify(UserModel user, Notification notification);

    /**
     * Notifies a user from a background task that notifies many: the commit waits until the mail is sent, so that the
     * queue cannot grow faster than mails are sent.
     *
     * @param user         the user to notify
     * @param notification what happened
     */
    void notifySynchronously(UserModel user, Notification notification);

    @Override
    default void close() {}
}
