package io.github.backupcodes.credential;

import io.github.backupcodes.credential.model.CodeSetSummary;
import io.github.backupcodes.support.CredentialTypes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Queries for the sets of all realms that expire and whose users were not notified yet. They return one page at a time, in the order of
 * ids, so that memory does not grow with the server and no transaction lasts longer than one page.
 */
enum ExpiringCodeSetQuery {

    /** Of local and imported users. */
    LOCAL("""
            select c.id as id, c.user.id as user, c.user.realmId as realm, c.credentialData as data
            from CredentialEntity c
            where c.type = :type and c.id > :after and c.user.enabled = true
                  and c.credentialData like '%expiresAt%' and c.credentialData not like '%remindedAt%'
            order by c.id"""),

    /** Of users from a storage provider without import. */
    FEDERATED("""
            select c.id as id, c.userId as user, c.realmId as realm, c.credentialData as data
            from FederatedUserCredentialEntity c
            where c.type = :type and c.id > :after
                  and c.credentialData like '%expiresAt%' and c.credentialData not like '%remindedAt%'
            order by c.id""");

    private static final int PAGE = 500;

    private final String query;

    ExpiringCodeSetQuery(String query) {
        this.query = query;
    }

    /** A set that may expire soon. */
    record Candidate(String credential, String user, String realm, String publicData) {

        /** Whether the set expires soon, by its public data. The locked row decides. */
        boolean expiresSoon(Instant now) {
            return CodeSetSummary.of(publicData).expiresSoon(now);
        }
    }

    /** Returns the first page after a credential; empty if there are no more. */
    List<Candidate> after(String credential, KeycloakSession session) {
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return entities.createQuery(query, Tuple.class)
                .setParameter("type", CredentialTypes.BACKUP_CODES)
                .setParameter("after", credential)
                .setMaxResults(PAGE)
                .getResultStream()
                .map(row -> new Candidate(
                        row.get("id", String.class),
                        row.get("user", String.class),
                        row.get("realm", String.class),
                        row.get("data", String.class)))
                .toList();
    }
}
