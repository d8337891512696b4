package io.github.backupcodes.admin;

/**
 * Value object: the only response that contains a temporary code.
 *
 * @param code      the code as it is shown
 * @param expiresAt when it expires, ISO 8601 in UTC, to the second
 */
public record TemporaryCodeRepresentation(String code, String expiresAt) {

    @Override
    public String toString() {
        return "TemporaryCodeRepresentation[redacted]";
    }
}
