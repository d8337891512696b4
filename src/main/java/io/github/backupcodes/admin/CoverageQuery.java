package io.github.backupcodes.admin;

import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.CredentialTypes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Queries the users of a realm who have a second factor or a passkey, as a stream from the database: memory use does
 * not grow with the realm. Users of storage providers without import are included if Keycloak itself stores their
 * second factor.
 */
final class CoverageQuery {

    /** One row per user; several rows if a user has several sets after an import, of which the newest comes first. */
    private static final String LOCAL = """
            select u.id as id, u.username as username, u.email as email, u.emailVerified as verified,
                case when exists (select 1 from CredentialEntity o where o.user = u and o.type in (:others))
                    then 1 else 0 end as others,
                case when exists (select 1 from CredentialEntity m where m.user = u and m.type = :sms)
                    then 1 else 0 end as sms,
                s.credentialData as data
            from UserEntity u left join CredentialEntity s on s.user = u and s.type = :ours
            where u.realmId = :realm and u.enabled = true
              and exists (select 1 from CredentialEntity f where f.user = u and f.type in (:factors))
            order by u.id, s.createdDate desc nulls last""";

    private static final String FEDERATED = """
            select u.id as id, '' as username, '' as email, false as verified,
                case when exists
                    (select 1 from FederatedUserCredentialEntity o where o.userId = u.id and o.type in (:others))
                    then 1 else 0 end as others,
                case when exists
                    (select 1 from FederatedUserCredentialEntity m where m.userId = u.id and m.type = :sms)
                    then 1 else 0 end as sms,
                s.credentialData as data
            from FederatedUser u left join FederatedUserCredentialEntity s on s.userId = u.id and s.type = :ours
            where u.realmId = :realm
              and exists (select 1 from FederatedUserCredentialEntity f where f.userId = u.id and f.type in (:factors))
            order by u.id, s.createdDate desc nulls last""";

    private static final int ROWS_AT_ONCE = 1_000;

    private final KeycloakSession session;
    private final RealmModel realm;

    CoverageQuery(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    CoverageReport page(int first, int max) {
        CoverageCounter counter =
                new CoverageCounter(BackupCodesPolicy.of(realm).lowThreshold(), first, max);
        Set<String> factors = new SecondFactorCredentials(session).protectingTypes();
        for (String query : List.of(LOCAL, FEDERATED)) {
            try (Stream<Tuple> rows = rows(query, factors)) {
                rows.forEach(row -> counter.user(
                        row.get("id", String.class),
                        row.get("username", String.class),
                        hasVerifiedEmail(row),
                        sentAlone(row),
                        row.get("data", String.class)));
            }
        }
        CoverageReport coverage = counter.result();
        return new CoverageReport(
                coverage.usersWithSecondFactor(),
                coverage.usable(),
                coverage.low(),
                coverage.expired(),
                coverage.none(),
                coverage.withoutVerifiedEmail(),
                coverage.emailOnly(),
                coverage.smsOnly(),
                coverage.users().stream().map(this::named).toList());
    }

    /** The codes that are sent which are all that the user has; null if there is something else. */
    private static @Nullable String sentAlone(Tuple row) {
        if (row.get("others", Integer.class) != 0) {
            return null;
        }
        return row.get("sms", Integer.class) == 0 ? CredentialTypes.EMAIL_CODE : CredentialTypes.SMS_CODE;
    }

    private static boolean hasVerifiedEmail(Tuple row) {
        String email = row.get("email", String.class);
        return email != null && !email.isBlank() && row.get("verified", Boolean.class);
    }

    /** Only the storage provider knows the name of a user without import. */
    private CoverageReport.Uncovered named(CoverageReport.Uncovered user) {
        if (!user.username().isEmpty()) {
            return user;
        }
        UserModel model = session.users().getUserById(realm, user.id());
        return new CoverageReport.Uncovered(user.id(), model == null ? "" : model.getUsername(), user.state());
    }

    private Stream<Tuple> rows(String query, Set<String> factors) {
        Set<String> others = new HashSet<>(factors);
        others.removeAll(CredentialTypes.SENT_CODES);
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return entities.createQuery(query, Tuple.class)
                .setParameter("ours", CredentialTypes.BACKUP_CODES)
                .setParameter("realm", realm.getId())
                .setParameter("factors", factors)
                .setParameter("others", others)
                .setParameter("sms", CredentialTypes.SMS_CODE)
                .setHint(HibernateHints.HINT_FETCH_SIZE, ROWS_AT_ONCE)
                .getResultStream();
    }
}
