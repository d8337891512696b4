package io.github.backupcodes.loginstrength;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.credential.store.NewFactorStore;
import io.github.backupcodes.flow.FactorRanks;
import io.github.backupcodes.flow.SecondFactorCredentials;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Ranks the second factors and passkeys that a user has. A factor that was added after a weaker sign-in than the user could have made
 * counts as that sign-in for some hours: otherwise a weak factor would become a strong one by adding another. Codes have no rank
 * here; as evidence they count.
 */
public final class UserFactorRank {

    private final SecondFactorCredentials factors;
    private final FactorRanks ranks;
    private final UserModel user;
    private final Map<String, FactorRank> newFactors;

    /** Takes the user, of the session's realm. */
    public UserFactorRank(KeycloakSession session, UserModel user) {
        this.factors = new SecondFactorCredentials(session);
        this.ranks = FactorRanks.of(session.getContext().getRealm());
        this.user = user;
        this.newFactors = new NewFactorStore(session, user).ranks();
    }

    /** The rank of the best factor that the user has. */
    public FactorRank best() {
        return bestOfExisting(Set.of());
    }

    /**
     * The rank of the best factor that the user could have used, leaving some out. One that a weaker session has removed counts for
     * some hours.
     *
     * @param left the ids of credentials
     */
    FactorRank bestWithout(Set<String> left) {
        return bestOfExisting(left).orHigher(removed());
    }

    private FactorRank bestOfExisting(Set<String> left) {
        return FactorRank.highest(factors.protecting(user).stream()
                .filter(credential -> credential.getId() == null || !left.contains(credential.getId()))
                .map(this::of));
    }

    /** The highest rank of the factors that weaker sessions have removed in the last hours. */
    FactorRank removed() {
        return NewFactorStore.removed(newFactors);
    }

    /**
     * What it is worth to have used a type. If it is not known which of several credentials of the type was used, the lowest counts.
     *
     * @param type of a credential that is stronger than a password
     * @param used whether a credential is known to be the one that was used
     */
    FactorRank ofUsed(String type, Predicate<CredentialModel> used) {
        return stored(type).filter(used).findFirst().map(this::of).orElseGet(() -> stored(type)
                .map(this::of)
                .reduce(ranks.of(type), FactorRank::orLower));
    }

    /** Whether the user has a factor of one of these types that ranks above another type. Answered from the user cache. */
    public boolean hasAbove(String other, Set<String> types) {
        FactorRank rank = ranks.of(other);
        Set<String> protecting = factors.protectingTypes();
        return types.stream()
                .filter(type -> protecting.contains(type) && rank.isBelow(ranks.of(type)))
                .anyMatch(type -> stored(type).findAny().isPresent()
                        ? stored(type).anyMatch(credential -> rank.isBelow(of(credential)))
                        // in a user storage provider
                        : factors.has(user, Set.of(type)));
    }

    /** The rank that a credential had which is gone. */
    FactorRank ofRemoved(String type, String id) {
        FactorRank added = newFactors.get(id);
        return added == null ? ranks.of(type) : ranks.of(type).orLower(added);
    }

    /** The rank of one credential. */
    private FactorRank of(CredentialModel credential) {
        FactorRank rank = ranks.of(credential.getType());
        FactorRank added = credential.getId() == null ? null : newFactors.get(credential.getId());
        return added == null ? rank : rank.orLower(added);
    }

    private Stream<CredentialModel> stored(String type) {
        return user.credentialManager().getStoredCredentialsByTypeStream(type);
    }
}
