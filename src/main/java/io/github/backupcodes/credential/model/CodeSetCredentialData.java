package io.github.backupcodes.credential.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a set may tell administrators and its user, as JSON in the column {@code CREDENTIAL_DATA}. Unknown fields are
 * ignored, so that an older version of this extension reads what a newer one wrote.
 *
 * @param version   the version of this form, {@link CodeSetJson#VERSION}
 * @param createdAt when the set was made, ISO 8601 in UTC
 * @param expiresAt when the set ends, ISO 8601 in UTC; absent when it does not
 * @param format    how the codes look
 * @param scheme    how they are hashed
 * @param total     how many codes the set was made with
 * @param uses      the codes that were used, in the order of the codes
 * @param guesses   codes typed in vain since the last good one; absent when there was none
 * @param remindedAt when the user was told that the end is near, ISO 8601 in UTC; absent when that was not the case yet
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
        @Nullable String remindedAt) {

    /** An alphabet of {@link io.github.backupcodes.code.Alphabet} and a length in symbols. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Format(String alphabet, int length) {}

    /** The name of a hash scheme, its cost and the id of its key; fields that the scheme lacks are absent. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Scheme(
            String name,
            int iterations,
            @Nullable Integer memoryKib,
            @Nullable Integer parallelism,
            @Nullable String key) {}

    /**
     * The position of a code in the set, from 0, and when (ISO 8601, UTC) and from which IP address it was used; that is absent
     * when the server was told none.
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Use(int code, String at, @Nullable String address) {}

    /**
     * How many wrong codes in a row; how many that were used before or belong to the set before, absent when there was none;
     * and when the pause that they brought ends (ISO 8601, UTC).
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WrongCodes(
            int inARow, @Nullable Integer replays, @Nullable String pausedUntil) {}
}
