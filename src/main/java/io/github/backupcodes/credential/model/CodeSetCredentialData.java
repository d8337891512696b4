package io.github.backupcodes.credential.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value object: the part of a set that administrators and its user may see, as JSON in the column {@code
 * CREDENTIAL_DATA}. Unknown fields are ignored, so that an older version of this extension can read what a newer one
 * wrote.
 *
 * @param version    the version of this form, {@link CodeSetJson#VERSION}
 * @param createdAt  when the set was created, ISO 8601 in UTC
 * @param expiresAt  when the set expires, ISO 8601 in UTC; absent if it does not
 * @param format     the format of the codes
 * @param scheme     how they are hashed
 * @param total      the number of codes that the set was created with
 * @param uses       the codes that were used, in the order of the codes
 * @param guesses    failed attempts since a code was last accepted; absent if there were none
 * @param remindedAt when the user was reminded that the set expires soon, ISO 8601 in UTC; absent if not yet
 * @param rank       the rank of the sign-in in which the codes were generated, if it is lower than that of the strong factors; absent
 *     otherwise, and in data of earlier versions
 * @param label      the label that this extension gave the credential; absent if it gave none. Another one was typed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CodeSetCredentialData(
        int version,
        String createdAt,
        @Nullable String expiresAt,
        Format format,
        Scheme scheme,
        int total,
        List<Use> uses,
        @Nullable WrongCodes guesses,
        @Nullable String remindedAt,
        @Nullable String rank,
        @Nullable String label) {

    /** An alphabet of {@link io.github.backupcodes.code.Alphabet} and a length in symbols. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Format(String alphabet, int length) {}

    /** The name of a hash scheme, its cost and the id of its key; fields that the scheme does not have are absent. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Scheme(
            String name,
            int iterations,
            @Nullable Integer memoryKib,
            @Nullable Integer parallelism,
            @Nullable String key) {}

    /**
     * The position of a code in the set, from 0; when (ISO 8601, UTC) and from which IP address it was used; and its number on
     * the user's list, from 1, for administrators who look at the data. The address is absent if the server got none, the
     * number in data of earlier versions.
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Use(
            int code,
            String at,
            @Nullable String address,
            @Nullable Integer number) {}

    /**
     * The number of consecutive wrong codes; the number of replays of used or replaced codes, absent if there were
     * none; and when the pause that they started ends (ISO 8601, UTC).
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WrongCodes(
            int inARow, @Nullable Integer replays, @Nullable String pausedUntil) {}
}
