package io.github.backupcodes.admin;

import io.github.backupcodes.credential.BackupCodesCredentialModel;
import io.github.backupcodes.credential.SecondFactors;
import io.github.backupcodes.policy.Policy;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Goes once through the credentials of a realm, user by user, as the database sends them: memory does not grow with the
 * realm. Users of storage providers without import are included as far as Keycloak itself keeps their second factor.
 */
final class CoverageQuery {

    private static final String LOCAL = """
            select c.user.id as id, c.user.username as username, c.type as type,
                   case when c.type = :ours then c.credentialData else null end as data
            from CredentialEntity c
            where c.user.realmId = :realm and c.user.enabled = true and c.type in (:types)
            order by c.user.id""";

    private static final String FEDERATED = """
            select c.userId as id, '' as username, c.type as type,
                   case when c.type = :ours then c.credentialData else null end as data
            from FederatedUserCredentialEntity c
            where c.realmId = :realm and c.type in (:types)
            order by c.userId""";

    private static final int ROWS_AT_ONCE = 1_000;

    private final KeycloakSession session;
    private final RealmModel realm;

    CoverageQuery(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    Coverage page(int first, int max) {
        CoverageCount count = new CoverageCount(Policy.of(realm).lowThreshold(), first, max);
        List<String> types = new ArrayList<>(new SecondFactors(session).types());
        types.add(BackupCodesCredentialModel.TYPE);
        for (String query : List.of(LOCAL, FEDERATED)) {
            try (Stream<Tuple> rows = rows(query, types)) {
                rows.forEach(row -> count.credential(
                        row.get("id", String.class),
                        row.get("username", String.class),
                        row.get("type", String.class),
                        row.get("data", String.class)));
            }
            count.endOfUser();
        }
        Coverage coverage = count.result();
        return new Coverage(
                coverage.usersWithSecondFactor(),
                coverage.usable(),
                coverage.low(),
                coverage.expired(),
                coverage.none(),
                coverage.users().stream().map(this::named).toList());
    }

    /** Only the storage provider knows the name of a user without import. */
    private Coverage.Uncovered named(Coverage.Uncovered user) {
        if (!user.username().isEmpty()) {
            return user;
        }
        UserModel found = session.users().getUserById(realm, user.id());
        return new Coverage.Uncovered(user.id(), found == null ? "" : found.getUsername(), user.state());
    }

    private Stream<Tuple> rows(String query, List<String> types) {
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return entities.createQuery(query, Tuple.class)
                .setParameter("ours", BackupCodesCredentialModel.TYPE)
                .setParameter("realm", realm.getId())
                .setParameter("types", types)
                .setHint(HibernateHints.HINT_FETCH_SIZE, ROWS_AT_ONCE)
                .getResultStream();
    }
}
