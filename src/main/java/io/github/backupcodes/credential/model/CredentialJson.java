package io.github.backupcodes.credential.model;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.github.backupcodes.code.AttemptLimit;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * Reads the JSON of a stored credential field by field. Errors, for example of an import, name the invalid field; never
 * its content, because it may be a secret.
 */
public final class CredentialJson {

    /** The column that administrators can read. */
    public static final String PUBLIC = "credentialData";

    /** The column that is read only to verify a code. */
    public static final String SECRET = "secretData";

    /**
     * The maximum length of a text, in characters. The largest that is written has fifty used codes and fifty replaced
     * ones, some 11,000 characters; earlier versions did not limit addresses, and later ones may have more fields.
     */
    private static final int MAX_LENGTH = 262_144;

    /** No moment is older than Keycloak, and no year has five digits. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private CredentialJson() {}

    /**
     * Parses a text.
     *
     * @param name the name of the column
     * @throws UnreadableCodeSetException if the text does not have this form
     */
    public static <T> T object(String name, @Nullable String text, Class<T> form) {
        if (text == null || text.length() > MAX_LENGTH) {
            throw invalid(name);
        }
        try {
            return Objects.requireNonNull(JsonSerialization.readValue(text, form));
        } catch (JsonMappingException e) {
            throw invalid(name + path(e));
        } catch (IOException | RuntimeException e) {
            throw invalid(name);
        }
    }

    /** The path of field names to what Jackson could not read. */
    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .map("."::concat)
                .collect(Collectors.joining());
    }

    /**
     * Reads a field.
     *
     * @throws UnreadableCodeSetException that names the field, if {@code read} throws anything
     */
    static <T> T field(String name, Supplier<T> read) {
        try {
            return read.get();
        } catch (UnreadableCodeSetException e) {
            throw e;
        } catch (RuntimeException e) {
            // it may quote the data, so it is not kept as the cause
            throw invalid(name);
        }
    }

    /** Reads a field that may be absent. */
    public static <S, T> @Nullable T optional(String name, @Nullable S stored, Function<S, T> read) {
        return stored == null ? null : field(name, () -> read.apply(stored));
    }

    /**
     * Checks a condition.
     *
     * @throws UnreadableCodeSetException that names the field, if the condition is false
     */
    public static void require(String name, boolean condition) {
        if (!condition) {
            throw invalid(name);
        }
    }

    /** Parses a moment in ISO 8601, from 2000 to 9999. */
    public static Instant moment(String text) {
        Instant moment = Instant.parse(text);
        if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
            throw new IllegalArgumentException("A time is out of range");
        }
        return moment;
    }

    /** Checks a number of consecutive wrong codes: after the maximum nothing is counted any more. */
    public static int failures(String name, int inARow) {
        require(name, inARow >= 0 && inARow <= AttemptLimit.MOST_IN_A_ROW);
        return inARow;
    }

    /** Checks a number of replays since a code was last accepted; 0 is not written. */
    public static int replays(String name, @Nullable Integer replays) {
        require(name, replays == null || replays >= 0);
        return replays == null ? 0 : replays;
    }

    private static UnreadableCodeSetException invalid(String name) {
        return new UnreadableCodeSetException(name + " is missing or invalid");
    }
}
