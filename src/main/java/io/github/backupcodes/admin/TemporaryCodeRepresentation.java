package io.github.backupcodes.admin;

/**
 * The one answer that shows a temporary code.
 *
 * @param code      the code as people see it
 * @param expiresAt when it stops working, ISO 8601 in UTC, to the second
 */
public record TemporaryCodeRepresentation(String code, String expiresAt) {

    @Override
    public String toString() {
        return "TemporaryCodeRepresentation[redacted]";
    }
}
