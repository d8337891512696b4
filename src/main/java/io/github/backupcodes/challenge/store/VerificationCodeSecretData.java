package io.github.backupcodes.challenge.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Value object: the part of the credential that neither administrators nor its user see, as JSON in the column {@code SECRET_DATA}.
 *
 * @param version     the version of this form
 * @param destination the address or number
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record VerificationCodeSecretData(int version, String destination) {

    static final int VERSION = 1;

    /** Without the destination, which is personal data. */
    @Override
    public String toString() {
        return "VerificationCodeSecretData[redacted]";
    }
}
