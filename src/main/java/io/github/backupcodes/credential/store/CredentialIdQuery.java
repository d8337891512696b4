package io.github.backupcodes.credential.store;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Queries the credentials that a user has now. With REPEATABLE READ, the default of MySQL and MariaDB, a transaction sees the rows as
 * they were at its first read; then another transaction has to look.
 */
public final class CredentialIdQuery {

    private static final String LOCAL = """
            select c.id from CredentialEntity c where c.user.id = :user and c.type = :type
            order by c.createdDate desc nulls last, c.priority""";

    private static final String FEDERATED = """
            select c.id from FederatedUserCredentialEntity c where c.userId = :user and c.type = :type
            order by c.createdDate desc nulls last, c.priority""";

    private final KeycloakSession session;
    private final UserModel user;

    public CredentialIdQuery(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** The id of the newest credential of a type; of several that are equally new, that of the first in the order of the user. */
    public Optional<String> newest(String type) {
        if (!usesSnapshotIsolation()) {
            return newest(type, session);
        }
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(), other -> newest(type, other));
    }

    private boolean usesSnapshotIsolation() {
        return entities(session)
                .callWithConnection((Connection connection) ->
                        connection.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED);
    }

    private Optional<String> newest(String type, KeycloakSession reader) {
        return entities(reader)
                .createQuery(CredentialRowStore.isLocal(user) ? LOCAL : FEDERATED, String.class)
                .setParameter("user", user.getId())
                .setParameter("type", type)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    private static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
