package io.github.backupcodes.race.server;

import io.github.backupcodes.notification.Notice;
import io.github.backupcodes.notification.Notices;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Tells a user something, as a part of the server would, in a transaction that is committed or not. */
public final class NoticeTeller {

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
        /** An old code. */
        OLD,
        /** Wrong codes, and a pause. */
        PAUSED,
        /** Wrong codes, and the end. */
        DISABLED,
        /** A set that ends soon. */
        EXPIRING,
        /** A code from the help desk. */
        TEMPORARY,
        /** Codes taken away. */
        REVOKED;

        private Notice notice() {
            return switch (this) {
                case MADE -> new Notice.CodesMade(Set.of());
                case USED -> new Notice.CodeUsed(8, false);
                case FEW -> new Notice.CodeUsed(2, true);
                case LAST -> new Notice.CodeUsed(0, true);
                case OLD -> new Notice.OldCodeTried();
                case PAUSED -> new Notice.CodesPaused();
                case DISABLED -> new Notice.CodesDisabled();
                case EXPIRING -> new Notice.ExpiringSoon(Instant.now().plus(Duration.ofDays(14)));
                case TEMPORARY -> new Notice.TemporaryCodeIssued(Instant.now().plus(Duration.ofHours(1)));
                case REVOKED -> new Notice.CodesRevoked();
            };
        }
    }

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;

    NoticeTeller(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator permissions) {
        this.session = session;
        this.realm = realm;
        this.permissions = permissions;
    }

    /**
     * Tells it.
     *
     * @param user whom
     * @param kind what
     * @param rollback whether the transaction is rolled back afterwards
     */
    @POST
    @Path("{user}")
    public void tell(
            @PathParam("user") String user, @QueryParam("kind") Kind kind, @QueryParam("rollback") boolean rollback) {
        permissions.users().requireManage();
        Notices.of(session).tell(session.users().getUserById(realm, user), kind.notice());
        if (rollback) {
            session.getTransactionManager().setRollbackOnly();
        }
    }
}
