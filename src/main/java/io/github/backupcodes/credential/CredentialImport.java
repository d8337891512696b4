package io.github.backupcodes.credential;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import io.github.backupcodes.credential.model.CredentialJson;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;

/** Imports credentials that come with a user, in a request or from a file. */
final class CredentialImport {

    private static final Logger LOG = Logger.getLogger(CredentialImport.class);

    /** The clocks of servers may differ by this much, including confused time zones. */
    private static final Duration CLOCKS = Duration.ofDays(1);

    /** The reason in the event, which distinguishes imported codes from generated ones. */
    private static final String REASON = "backup_codes_imported";

    private CredentialImport() {}

    /**
     * Imports a credential.
     *
     * @param user     the user
     * @param imported the credential; a label that its column cannot take is refused, even if it would not be stored
     * @param take     stores it; the message of an {@link UnreadableCodeSetException} is the answer to the request, with the status 400
     * @return the stored credential
     */
    static CredentialModel importCredential(UserModel user, CredentialModel imported, Supplier<CredentialModel> take) {
        try {
            String label = imported.getUserLabel();
            if (label != null && label.length() > BackupCodesCredentialModel.LONGEST_LABEL) {
                throw new UnreadableCodeSetException(
                        "userLabel has more than %d characters".formatted(BackupCodesCredentialModel.LONGEST_LABEL));
            }
            return take.get();
        } catch (UnreadableCodeSetException e) {
            LOG.warnf("User %s: %s", user.getId(), e.getMessage());
            throw ErrorResponse.error(e.getMessage(), Response.Status.BAD_REQUEST);
        }
    }

    /**
     * Parses the set in a credential.
     *
     * @throws UnreadableCodeSetException if this version cannot read it, or if a time of the past lies in the future
     */
    static CodeSet set(BackupCodesCredentialModel imported) {
        CodeSet set = imported.wholeCodeSet();
        Instant latest = Instant.now().plus(CLOCKS);
        CredentialJson.require(
                CredentialJson.PUBLIC + ".createdAt", !set.createdAt().isAfter(latest));
        CredentialJson.require(
                CredentialJson.PUBLIC + ".uses",
                set.codes().stream()
                        .flatMap(code -> code.used().stream())
                        .map(CodeUse::at)
                        .noneMatch(latest::isBefore));
        return set;
    }

    /**
     * Notifies an existing user, and records in an event, that an administrator has added codes to the account. A user who is created with
     * codes is not notified.
     *
     * @param stored       the imported credential
     * @param notification the notification
     */
    static void report(KeycloakSession session, UserModel user, CredentialModel stored, Notification notification) {
        if (!isNamedByRequest(session, user)) {
            return;
        }
        KeycloakContext context = session.getContext();
        new EventBuilder(context.getRealm(), session, context.getConnection())
                .event(EventType.UPDATE_CREDENTIAL)
                .user(user)
                .detail(Details.CREDENTIAL_TYPE, stored.getType())
                .detail(Details.CREDENTIAL_ID, stored.getId())
                .detail(Details.REASON, REASON)
                .success();
        NotificationProvider.of(session).notify(user, notification);
    }

    /**
     * Whether the URL of the request contains the id of the user, which only an existing user has: one who comes with a realm or by
     * {@code POST users} has none yet. When a server starts, which imports realms too, there is no request, and each version of Keycloak
     * throws something else.
     */
    private static boolean isNamedByRequest(KeycloakSession session, UserModel user) {
        try {
            return session.getContext().getHttpRequest().getUri().getPathSegments().stream()
                    .map(PathSegment::getPath)
                    .anyMatch(user.getId()::equals);
        } catch (RuntimeException noRequest) {
            return false;
        }
    }
}
