package io.github.backupcodes.credential;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What a set keeps to itself, as JSON in the column {@code SECRET_DATA}: no code, only what it takes to check one.
 *
 * @param version the version of this form, {@link CodeSetJson#VERSION}
 * @param salt    the salt of the set, base64
 * @param hashes  the hash of each code, base64, in the order of the codes
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record SecretData(int version, String salt, List<String> hashes) {

    @Override
    public String toString() {
        return "SecretData[redacted]";
    }
}
