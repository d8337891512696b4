package io.github.backupcodes.credential.store;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.credential.model.NewFactorsCredentialData;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.UserCaches;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Stores which factors of a user were added after a weaker sign-in than the user could have made. The record is a credential of its
 * own, because every user can need one, whatever other credentials of this extension the user has.
 */
public final class NewFactorStore {

    /** Before the rank of the credentials that weaker sessions have removed: one entry for each rank. */
    private static final String REMOVED = "removed:";

    private final KeycloakSession session;
    private final UserModel user;

    /** Takes the user, of the session's realm. */
    public NewFactorStore(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** The ranks of the factors that do not count fully yet, by their ids. Answered from the user cache. */
    public Map<String, FactorRank> ranks() {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(CredentialTypes.NEW_FACTORS)
                .findFirst()
                .map(row ->
                        NewFactorsCredentialData.read(row.getCredentialData()).ranks(Instant.now()))
                .orElseGet(Map::of);
    }

    /** The highest rank of the factors that were removed. */
    public static FactorRank removed(Map<String, FactorRank> ranks) {
        return FactorRank.highest(ranks.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(REMOVED))
                .map(Map.Entry::getValue));
    }

    /**
     * Adds to the record a factor that a weaker session has removed.
     *
     * @param rank  what it counted as
     * @param until how long it counts as if the user still had it
     * @throws CredentialLockedException if someone else holds a row for too long
     */
    public void addRemoved(FactorRank rank, Instant until) {
        add(REMOVED + rank.storedValue(), rank, until);
    }

    /**
     * Adds a factor to the record, and removes those of credentials that are gone: a session could add and remove any number.
     *
     * @param id    of the credential
     * @param rank  what they count as
     * @param until how long
     * @throws CredentialLockedException if someone else holds a row for too long
     */
    public void add(String id, FactorRank rank, Instant until) {
        CredentialRowStore rows = new CredentialRowStore(session);
        rows.lockOwner(user);
        UserCaches.bypass(user);
        Optional<CredentialModel> row = rows.lockNewest(user, CredentialTypes.NEW_FACTORS);
        CredentialModel model = row.orElseGet(CredentialModel::new);
        Instant now = Instant.now();
        String stored = model.getCredentialData();
        Set<String> existing = user.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getId)
                .collect(Collectors.toSet());
        model.setCredentialData(NewFactorsCredentialData.read(stored)
                .plus(
                        id,
                        rank,
                        until,
                        now,
                        each -> each.startsWith(REMOVED) ? !each.equals(id) : existing.contains(each))
                .write(stored));
        if (row.isPresent()) {
            rows.update(user, model);
        } else {
            model.setType(CredentialTypes.NEW_FACTORS);
            model.setCreatedDate(now.toEpochMilli());
            model.setSecretData("{}");
            rows.create(user, model);
        }
    }
}
