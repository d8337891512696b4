package io.github.backupcodes.credential.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.backupcodes.code.FactorRank;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * Value object: the factors of a user that were added after a weaker sign-in than the user could have made, as JSON in the column {@code
 * CREDENTIAL_DATA}. Unknown fields are ignored, and kept.
 *
 * @param version the version of this form
 * @param factors the factors
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NewFactorsCredentialData(int version, List<Factor> factors) {

    private static final int VERSION = 1;
    private static final String NAME = CredentialJson.PUBLIC;

    /** No factors. */
    public static final NewFactorsCredentialData NONE = new NewFactorsCredentialData(VERSION, List.of());

    /**
     * The id of a credential, the rank of the sign-in in which it was added, and until when the credential counts as that (ISO 8601,
     * UTC).
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Factor(String id, String rank, String until) {}

    /** Reads the stored form. What cannot be read counts as no factors. */
    public static NewFactorsCredentialData read(@Nullable String stored) {
        if (stored == null) {
            return NONE;
        }
        try {
            NewFactorsCredentialData data = CredentialJson.object(NAME, stored, NewFactorsCredentialData.class);
            return data.factors() == null ? NONE : data;
        } catch (UnreadableCodeSetException e) {
            return NONE;
        }
    }

    /** The ranks that still count, by the ids of the credentials. A rank that this version does not know counts as none. */
    public Map<String, FactorRank> ranks(Instant now) {
        Map<String, FactorRank> ranks = new LinkedHashMap<>();
        for (Factor factor : factors) {
            if (isRunning(factor, now)) {
                ranks.merge(
                        factor.id(), FactorRank.ofStored(factor.rank()).orElse(FactorRank.NONE), FactorRank::orLower);
            }
        }
        return ranks;
    }

    private static boolean isRunning(Factor factor, Instant now) {
        if (factor == null || factor.id() == null || factor.rank() == null || factor.until() == null) {
            return false;
        }
        try {
            return Instant.parse(factor.until()).isAfter(now);
        } catch (DateTimeException e) {
            return false;
        }
    }

    /**
     * A copy with one more factor, and without those that count fully by now.
     *
     * @param isKept whether an earlier entry is kept, by its id
     */
    public NewFactorsCredentialData plus(
            String id, FactorRank rank, Instant until, Instant now, Predicate<String> isKept) {
        List<Factor> all = new ArrayList<>(factors.stream()
                .filter(factor -> isRunning(factor, now) && isKept.test(factor.id()))
                .toList());
        all.add(new Factor(id, rank.storedValue(), until.toString()));
        return new NewFactorsCredentialData(VERSION, List.copyOf(all));
    }

    /** The JSON, with the fields that a later version added to the stored form. */
    public String write(@Nullable String stored) {
        try {
            return UnknownJsonFields.mergeUnknownFields(
                    NewFactorsCredentialData.class, stored, JsonSerialization.writeValueAsString(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
