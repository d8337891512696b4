package io.github.backupcodes.race.server;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Makes many users at once, by SQL: each with an OTP, and with backup codes in turn from a list. */
public final class CrowdResource {

    /** A prime above all numbers of users: ids in another order than that in which the rows are written. */
    private static final int SCATTER = 1_000_003;

    private static final String USERS = """
            insert into USER_ENTITY (ID, USERNAME, REALM_ID, ENABLED, EMAIL_VERIFIED, EMAIL_CONSTRAINT, CREATED_TIMESTAMP, NOT_BEFORE)
            select concat(:prefix, mod(n * 7919, %d)), concat('user-', n), :realm, true, true, concat(:prefix, n), 0, 0
            from %s""";

    private static final String CREDENTIALS = """
            insert into CREDENTIAL (ID, TYPE, USER_ID, CREATED_DATE, PRIORITY, VERSION, CREDENTIAL_DATA, SECRET_DATA)
            select concat(:kind, :prefix, n), :type, concat(:prefix, mod(n * 7919, %d)), 0, 10, 0, :open, :secret
            from %s where mod(n, :turns) = :turn or :turn < 0""";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;

    CrowdResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator permissions) {
        this.session = session;
        this.realm = realm;
        this.permissions = permissions;
    }

    /**
     * Makes them.
     *
     * @param count how many, below {@value #SCATTER}
     * @param inTurn credentials, each with {@code type}, {@code credentialData} and {@code secretData}: the OTP that
     *     all have, then one for each turn; an empty one for none
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public void gather(@QueryParam("count") int count, List<Map<String, String>> inTurn) {
        permissions.users().requireManage();
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        String database = entities.callWithConnection(
                (Connection connection) -> connection.getMetaData().getDatabaseProductName());
        String numbers = (database.equals("H2")
                        ? "system_range(1, %d) as numbers(n)"
                        : "generate_series(1, %d) as numbers(n)")
                .formatted(count);
        String prefix = Long.toString(System.nanoTime(), Character.MAX_RADIX) + "-";
        entities.createNativeQuery(USERS.formatted(SCATTER, numbers))
                .setParameter("prefix", prefix)
                .setParameter("realm", realm.getId())
                .executeUpdate();
        int turns = inTurn.size() - 1;
        for (int i = 0; i <= turns; i++) {
            Map<String, String> credential = inTurn.get(i);
            if (!credential.isEmpty()) {
                Query insert = entities.createNativeQuery(CREDENTIALS.formatted(SCATTER, numbers));
                insert.setParameter("kind", i == 0 ? "o" : "c")
                        .setParameter("prefix", prefix)
                        .setParameter("type", credential.get("type"))
                        .setParameter("open", credential.get("credentialData"))
                        .setParameter("secret", credential.get("secretData"))
                        .setParameter("turns", turns)
                        .setParameter("turn", i - 1)
                        .executeUpdate();
            }
        }
    }
}
