package io.github.backupcodes.admin;

import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import java.util.List;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Takes all codes from a user, tells the user, and puts each credential on record. */
final class CodeRevocation {

    private final KeycloakSession session;
    private final UserModel user;

    CodeRevocation(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** How a user is told. */
    interface Teller {

        void tell(NotificationProvider notifications, UserModel user, Notification notification);
    }

    /**
     * Does it.
     *
     * @param teller how the user is told
     * @param events of the session
     * @return whether there were any
     * @throws CredentialLockedException when somebody else holds a row for too long
     */
    boolean run(Teller teller, AdminEventBuilder events) {
        List<CredentialModel> removed = UserBackupCodes.of(session, user).removeAll();
        if (!removed.isEmpty()) {
            teller.tell(NotificationProvider.of(session), user, new Notification.CodesRevoked());
        }
        for (CredentialModel credential : removed) {
            events.operation(OperationType.DELETE)
                    .resource(ResourceType.USER)
                    .resourcePath(BackupCodesAdminResourceProviderFactory.ID, "users", user.getId())
                    .detail(Details.CREDENTIAL_ID, credential.getId())
                    .detail(Details.CREDENTIAL_TYPE, credential.getType())
                    .success();
        }
        return !removed.isEmpty();
    }
}
