package io.github.backupcodes.race.server;

import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.support.CredentialTypes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Tells a user something, as a part of the server would, in a transaction that is committed or not. */
public final class NotificationResource {

    /** What can be told. */
    public enum Kind {
        /** New codes. */
        MADE,
        /** A used code. */
        USED,
        /** A used code, with few left. */
        FEW,
        /** The last code. */
        LAST,
        /** The help desk's code, used. */
        TEMPORARY_USED,
        /** The help desk's code, once more. */
        TEMPORARY_AGAIN,
        /** An old code. */
        OLD,
        /** An old code, with none left. */
        OLD_LAST,
        /** Wrong codes, and a pause. */
        PAUSED,
        /** Wrong codes, and the end. */
        DISABLED,
        /** A set that ends soon. */
        EXPIRING,
        /** A code from the help desk. */
        TEMPORARY,
        /** Codes deleted by the user. */
        DELETED,
        /** Codes taken away. */
        REVOKED,
        /** Codes by e-mail, set up. */
        EMAIL_SET_UP,
        /** Codes by e-mail, removed by the user. */
        EMAIL_DELETED,
        /** Codes by e-mail, removed by an administrator. */
        EMAIL_REVOKED,
        /** Wrong codes by e-mail, and a pause. */
        EMAIL_PAUSED,
        /** Wrong codes by e-mail, and the end. */
        EMAIL_DISABLED,
        /** Codes by e-mail that no one has entered. */
        EMAIL_UNUSED,
        /** A weaker session has added an authenticator app. */
        WEAK_ADDED,
        /** A weaker session has removed an authenticator app. */
        STRONGER_REMOVED;

        private Notification notice() {
            return switch (this) {
                case MADE -> new Notification.CodesMade(Set.of(), true);
                case USED -> new Notification.CodeUsed(8, false);
                case FEW -> new Notification.CodeUsed(2, true);
                case LAST -> new Notification.CodeUsed(0, true);
                case TEMPORARY_USED -> new Notification.TemporaryCodeUsed();
                case TEMPORARY_AGAIN -> new Notification.TemporaryCodeTriedAgain();
                case OLD -> new Notification.OldCodeTried(false);
                case OLD_LAST -> new Notification.OldCodeTried(true);
                case PAUSED -> new Notification.CodesPaused();
                case DISABLED -> new Notification.CodesDisabled();
                case EXPIRING -> new Notification.ExpiringSoon(Instant.now().plus(Duration.ofDays(14)));
                case TEMPORARY ->
                    new Notification.TemporaryCodeIssued(Instant.now().plus(Duration.ofHours(1)));
                case DELETED -> new Notification.CodesDeleted();
                case REVOKED -> new Notification.CodesRevoked();
                case EMAIL_SET_UP ->
                    new Notification.VerificationCodeSetUp(CredentialTypes.EMAIL_CODE, Set.of(), false);
                case EMAIL_DELETED -> new Notification.VerificationCodeDeleted(CredentialTypes.EMAIL_CODE);
                case EMAIL_REVOKED -> new Notification.VerificationCodeRevoked(CredentialTypes.EMAIL_CODE);
                case EMAIL_PAUSED -> new Notification.VerificationCodePaused(CredentialTypes.EMAIL_CODE);
                case EMAIL_DISABLED -> new Notification.VerificationCodeDisabled(CredentialTypes.EMAIL_CODE);
                case EMAIL_UNUSED -> new Notification.VerificationCodesUnused(CredentialTypes.EMAIL_CODE);
                case WEAK_ADDED -> new Notification.WeakFactorAdded("", "otp-display-name");
                case STRONGER_REMOVED -> new Notification.StrongerFactorRemoved("otp-display-name");
            };
        }
    }

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;

    NotificationResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator permissions) {
        this.session = session;
        this.realm = realm;
        this.permissions = permissions;
    }

    /** Tells it, as if it had happened in the account console. */
    @POST
    @Path("{user}")
    public void tell(
            @PathParam("user") String user, @QueryParam("kind") Kind kind, @QueryParam("rollback") boolean rollback) {
        permissions.users().requireManage();
        session.getContext().setClient(realm.getClientByClientId(Constants.ACCOUNT_CONSOLE_CLIENT_ID));
        NotificationProvider.of(session).notify(session.users().getUserById(realm, user), kind.notice());
        if (rollback) {
            session.getTransactionManager().setRollbackOnly();
        }
    }
}
