package io.github.backupcodes.challenge.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value object: the part of the credential that administrators may see, as JSON in the column {@code CREDENTIAL_DATA}. Unknown
 * fields are ignored, so that an older version can read what a newer one wrote.
 *
 * @param version  the version of this form
 * @param guesses  the wrong codes; absent if there were none
 * @param accepted the challenges whose codes were accepted lately
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record VerificationCodeCredentialData(int version, @Nullable WrongCodes guesses, List<Accepted> accepted) {

    static final int VERSION = 1;

    /** In a row; in all, halved by each accepted code; and when the last pause ends (ISO 8601, UTC). */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WrongCodes(int inARow, int inAll, @Nullable String pausedUntil) {}

    /** The nonce of a challenge, and when its code was accepted (ISO 8601, UTC). */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Accepted(String nonce, String at) {}
}
