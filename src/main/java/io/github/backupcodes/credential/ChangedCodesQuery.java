package io.github.backupcodes.credential;

import io.github.backupcodes.credential.model.CodeSetCredentialData;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.CredentialTypes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.util.JsonSerialization;

/** Queries for the codes of a realm, one page at a time in the order of ids, with the times at which they were changed. */
public enum ChangedCodesQuery {

    /** Of local and imported users. */
    LOCAL("""
            select c.id as id, c.user.id as user, c.createdDate as created, c.credentialData as data
            from CredentialEntity c
            where c.user.realmId = :realm and c.type in (:types) and c.id > :after
            order by c.id"""),

    /** Of users from a storage provider without import. */
    FEDERATED("""
            select c.id as id, c.userId as user, c.createdDate as created, c.credentialData as data
            from FederatedUserCredentialEntity c
            where c.realmId = :realm and c.type in (:types) and c.id > :after
            order by c.id""");

    private static final int PAGE = 500;

    /** With the usage of Keycloak's recovery codes, which have no times themselves. */
    private static final List<String> RECOVERY_CODES =
            List.of(CredentialTypes.RECOVERY_CODE_USAGE, RecoveryAuthnCodesCredentialModel.TYPE);

    private static final List<String> OURS = List.of(CredentialTypes.BACKUP_CODES, CredentialTypes.TEMPORARY_CODE);

    private final String query;

    ChangedCodesQuery(String query) {
        this.query = query;
    }

    /**
     * A credential.
     *
     * @param credential its id
     * @param user       the id of its user
     * @param created    when it was created, in milliseconds; null if that is not known
     * @param publicData as it is stored
     */
    public record Candidate(
            String credential,
            String user,
            @Nullable Long created,
            @Nullable String publicData) {

        /** Whether it was created, or one of its codes was used, in that period. */
        public boolean wasChanged(Instant since, Instant until) {
            return moments().anyMatch(moment -> !moment.isBefore(since) && !moment.isAfter(until));
        }

        private Stream<Instant> moments() {
            return Stream.concat(Stream.ofNullable(created).map(Instant::ofEpochMilli), noted());
        }

        private Stream<Instant> noted() {
            if (publicData == null) {
                return Stream.empty();
            }
            try {
                CodeSetCredentialData open = JsonSerialization.readValue(publicData, CodeSetCredentialData.class);
                return Stream.concat(
                        Stream.ofNullable(open.createdAt()),
                        Stream.ofNullable(open.uses()).flatMap(List::stream).map(CodeSetCredentialData.Use::at))
                        .filter(Objects::nonNull)
                        .map(Instant::parse)
                        .toList()
                        .stream();
            } catch (IOException | DateTimeException e) {
                // only the time of the row is known
                return Stream.empty();
            }
        }
    }

    /** Returns the first page after a credential; empty if there are no more. */
    public List<Candidate> after(String credential, RealmModel realm, KeycloakSession session) {
        List<String> types = new ArrayList<>(OURS);
        if (BackupCodesPolicy.of(realm).acceptsRecoveryCodes()) {
            types.addAll(RECOVERY_CODES);
        }
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return entities.createQuery(query, Tuple.class)
                .setParameter("realm", realm.getId())
                .setParameter("types", types)
                .setParameter("after", credential)
                .setMaxResults(PAGE)
                .getResultStream()
                .map(row -> new Candidate(
                        row.get("id", String.class),
                        row.get("user", String.class),
                        row.get("created", Long.class),
                        row.get("data", String.class)))
                .toList();
    }
}
