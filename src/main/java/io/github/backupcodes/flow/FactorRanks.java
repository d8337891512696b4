package io.github.backupcodes.flow;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.support.CredentialTypes;
import java.util.Comparator;
import java.util.Map;
import org.keycloak.models.RealmModel;

/** Ranks the credential types of a realm: those of this extension, and those of others by the realm's settings. */
public final class FactorRanks {

    private final Map<String, FactorRank> restricted;

    /** Takes the ranks of the types that are not strong, without those of this extension. */
    FactorRanks(Map<String, FactorRank> restricted) {
        this.restricted = Map.copyOf(restricted);
    }

    /** The ranks in a realm. */
    public static FactorRanks of(RealmModel realm) {
        return new FactorRanks(LoginVerificationPolicy.of(realm).restrictedTypes());
    }

    /** The rank of a type of second factors or passkeys. */
    public FactorRank of(String type) {
        return switch (type) {
            case CredentialTypes.EMAIL_CODE -> FactorRank.WEAK;
            case CredentialTypes.SMS_CODE -> FactorRank.RESTRICTED;
            default -> restricted.getOrDefault(type, FactorRank.STRONG);
        };
    }

    /** Orders options by the rank of their type, the highest first. */
    Comparator<SecondFactorOption> highestFirst() {
        return Comparator.comparing((SecondFactorOption option) -> of(option.type()))
                .reversed();
    }
}
