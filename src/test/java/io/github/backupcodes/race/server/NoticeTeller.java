package io.github.backupcodes.race.server;

import io.github.backupcodes.notification.Notice;
import io.github.backupcodes.notification.Notices;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Tells a user something, as a part of the server would, in a transaction that is committed or not. */
public final class NoticeTeller {

    /** What can be told. */
    public enum Kind {
        /** New codes. */
        MADE(new Notice.CodesMade()),
        /** A used code. */
        USED(new Notice.CodeUsed(8, false)),
        /** A used code, with few left. */
        FEW(new Notice.CodeUsed(2, true)),
        /** The last code. */
        LAST(new Notice.CodeUsed(0, true)),
        /** An old code. */
        OLD(new Notice.OldCodeTried()),
        /** A set that ends soon. */
        EXPIRING(new Notice.ExpiringSoon(Instant.now().plus(Duration.ofDays(14)))),
        /** A code from the help desk. */
        TEMPORARY(new Notice.TemporaryCodeIssued(Instant.now().plus(Duration.ofHours(1)))),
        /** Codes taken away. */
        REVOKED(new Notice.CodesRevoked());

        private final Notice notice;

        Kind(Notice notice) {
            this.notice = notice;
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
     * Tells everything of that kind.
     *
     * @param user whom
     * @param kind what; null for one of each
     * @param rollback whether the transaction is rolled back afterwards
     */
    @POST
    @Path("{user}")
    public void tell(
            @PathParam("user") String user, @QueryParam("kind") Kind kind, @QueryParam("rollback") boolean rollback) {
        permissions.users().requireManage();
        UserModel told = session.users().getUserById(realm, user);
        Arrays.stream(Kind.values())
                .filter(one -> kind == null || kind == one)
                .forEach(one -> Notices.of(session).tell(told, one.notice));
        if (rollback) {
            session.getTransactionManager().setRollbackOnly();
        }
    }
}
