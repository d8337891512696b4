package io.github.backupcodes.admin;

import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.support.CredentialTypes;
import java.util.List;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Revokes all codes of a user, notifies the user, and records an admin event for each credential. */
final class CodeRevocation {

    private final KeycloakSession session;
    private final UserModel user;

    CodeRevocation(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** How a user is notified. */
    interface Notifier {

        void notify(NotificationProvider notifications, UserModel user, Notification notification);
    }

    /**
     * Revokes the codes.
     *
     * @param notifier how the user is notified
     * @param events   the admin events of the session
     * @return whether there were any codes
     * @throws CredentialLockedException if another transaction holds a row for too long
     */
    boolean run(Notifier notifier, AdminEventBuilder events) {
        List<CredentialModel> removed = UserBackupCodes.of(session, user).removeAll();
        if (!removed.isEmpty()) {
            notifier.notify(NotificationProvider.of(session), user, notification(removed));
        }
        for (CredentialModel credential : removed) {
            events.operation(OperationType.DELETE)
                    .resource(ResourceType.USER)
                    .resourcePath("users", user.getId(), BackupCodesAdminResourceProviderFactory.ID)
                    .detail(Details.CREDENTIAL_ID, credential.getId())
                    .detail(Details.CREDENTIAL_TYPE, credential.getType())
                    .success();
        }
        return !removed.isEmpty();
    }

    private static Notification notification(List<CredentialModel> removed) {
        boolean onlyTemporary =
                removed.stream().allMatch(credential -> CredentialTypes.TEMPORARY_CODE.equals(credential.getType()));
        return onlyTemporary ? new Notification.TemporaryCodeRevoked() : new Notification.CodesRevoked();
    }
}
