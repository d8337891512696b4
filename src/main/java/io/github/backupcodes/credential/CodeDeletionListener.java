package io.github.backupcodes.credential;

import io.github.backupcodes.credential.store.CredentialRowStore;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.support.AfterRollback;
import io.github.backupcodes.support.CredentialEventDetails;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.SimpleProviderFactory;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Notifies users whose codes were deleted by Keycloak's own means: in the account console, or by an administrator in the admin console.
 * Keycloak asks no credential provider to delete a credential, so this listener gets the events of all realms, whatever listeners a
 * realm has configured. What this extension revokes by itself has other events and notifies users itself.
 */
public final class CodeDeletionListener
        implements EventListenerProviderFactory, SimpleProviderFactory<EventListenerProvider> {

    private static final String ID = "backup-codes-deletions";

    /** The prefix of the entry that says that the user was notified. */
    private static final String NOTIFIED = "backup-codes.deleted.";

    /** For longer than requests that have begun at the same moment take. */
    private static final long AT_ONCE_SECONDS = 60;

    /** What the admin console deletes. */
    private static final Pattern CREDENTIAL_PATH = Pattern.compile("users/([^/]+)/credentials/([^/]+)");

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new Listener(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return ID;
    }

    private record Listener(KeycloakSession session) implements EventListenerProvider {

        /** By the user; an event with a reason is of a removal that users have asked for elsewhere, such as "it was not me". */
        @Override
        public void onEvent(Event event) {
            if (event.getType() != EventType.REMOVE_CREDENTIAL || event.getError() != null) {
                return;
            }
            Map<String, String> details = event.getDetails();
            if (details == null || details.containsKey(Details.REASON)) {
                return;
            }
            Optional<Notification> notification = ofDeletion(details.get(Details.CREDENTIAL_TYPE));
            UserModel user = notification.isEmpty() ? null : user(event.getUserId());
            if (user != null) {
                notify(user, CredentialEventDetails.id(event), notification.get());
            }
        }

        private static Optional<Notification> ofDeletion(@Nullable String type) {
            if (CredentialTypes.BACKUP_CODES.equals(type)) {
                return Optional.of(new Notification.CodesDeleted());
            }
            return type != null && CredentialTypes.SENT_CODES.contains(type)
                    ? Optional.of(new Notification.VerificationCodeDeleted(type))
                    : Optional.empty();
        }

        /** By an administrator. */
        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {
            if (event.getOperationType() != OperationType.ACTION
                    || event.getError() != null
                    || event.getResourcePath() == null) {
                return;
            }
            Matcher path = CREDENTIAL_PATH.matcher(event.getResourcePath());
            if (!path.matches()) {
                return;
            }
            UserModel user = user(path.group(1));
            if (user == null) {
                return;
            }
            String type = type(event, user, path.group(2));
            if (CredentialTypes.BACKUP_CODES.equals(type)) {
                notify(user, path.group(2), new Notification.CodesRevoked());
            } else if (CredentialTypes.TEMPORARY_CODE.equals(type)) {
                notify(user, path.group(2), new Notification.TemporaryCodeRevoked());
            } else if (type != null && CredentialTypes.SENT_CODES.contains(type)) {
                notify(user, path.group(2), new Notification.VerificationCodeRevoked(type));
            }
        }

        /** Once, also if several requests delete the same credential at the same moment: Keycloak reports all of them as successful. */
        private void notify(UserModel user, @Nullable String credentialId, Notification notification) {
            String key = NOTIFIED + credentialId;
            if (credentialId == null || session.singleUseObjects().putIfAbsent(key, AT_ONCE_SECONDS)) {
                NotificationProvider.of(session).notify(user, notification);
                // not all implementations of the store undo it with the transaction
                AfterRollback.run(
                        session, user, (own, same) -> own.singleUseObjects().remove(key));
            }
        }

        /** The type of the deleted credential. Older versions of Keycloak do not record it. */
        private @Nullable String type(AdminEvent event, UserModel user, String credentialId) {
            Map<String, String> details = event.getDetails();
            String recorded = details == null ? null : details.get(Details.CREDENTIAL_TYPE);
            return recorded == null
                    ? new CredentialRowStore(session)
                            .typeOfDeleted(user, credentialId)
                            .orElse(null)
                    : recorded;
        }

        private @Nullable UserModel user(String id) {
            return session.users().getUserById(session.getContext().getRealm(), id);
        }

        @Override
        public void close() {}
    }
}
