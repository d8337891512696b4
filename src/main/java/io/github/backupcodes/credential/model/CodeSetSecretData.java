package io.github.backupcodes.credential.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a set keeps to itself, as JSON in the column {@code SECRET_DATA}: no code, only what it takes to check one.
 *
 * @param version  the version of this form, {@link CodeSetJson#VERSION}
 * @param salt     the salt of the set, base64
 * @param hashes   the hash of each code, base64, in the order of the codes
 * @param replaced the codes of the set before; absent when this is the first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record CodeSetSecretData(
        int version,
        String salt,
        List<String> hashes,
        @Nullable Replaced replaced) {

    /** Codes that only serve to tell an old code from a guess. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Replaced(
            CodeSetCredentialData.Format format,
            CodeSetCredentialData.Scheme scheme,
            String salt,
            List<String> hashes) {

        @Override
        public String toString() {
            return "Replaced[redacted]";
        }
    }

    @Override
    public String toString() {
        return "CodeSetSecretData[redacted]";
    }
}
