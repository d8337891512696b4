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
 * Reads the JSON of a stored credential field by field. Whoever brings something else, as with an import, is told the name of the
 * field at fault; never what is in it, for it may be a secret.
 */
public final class CredentialJson {

    /** The column that administrators can read. */
    public static final String PUBLIC = "credentialData";

    /** The column that nothing reads but what checks a code. */
    public static final String SECRET = "secretData";

    /**
     * The longest text, in characters. The largest that is written has fifty codes, all used and fifty before them, and some 11,000; there was no
     * bound on addresses in earlier versions, and later ones may have more fields.
     */
    private static final int LONGEST = 262_144;

    /** Nothing here is older than Keycloak is, and no year has five digits. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private CredentialJson() {}

    /**
     * Reads a text.
     *
     * @param name of the column
     * @throws UnreadableCodeSetException when it is not as this form has it
     */
    public static <T> T object(String name, @Nullable String text, Class<T> form) {
        if (text == null || text.length() > LONGEST) {
            throw wrong(name);
        }
        try {
            return Objects.requireNonNull(JsonSerialization.readValue(text, form));
        } catch (JsonMappingException e) {
            throw wrong(name + path(e));
        } catch (IOException | RuntimeException e) {
            throw wrong(name);
        }
    }

    /** The names of fields on the way to what Jackson could not read. */
    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .map("."::concat)
                .collect(Collectors.joining());
    }

    /**
     * Makes something of a field.
     *
     * @throws UnreadableCodeSetException that names the field, when that throws anything
     */
    static <T> T field(String name, Supplier<T> read) {
        try {
            return read.get();
        } catch (UnreadableCodeSetException e) {
            throw e;
        } catch (RuntimeException e) {
            // it may quote the data, so it is not kept
            throw wrong(name);
        }
    }

    /** The same for a field that may be absent. */
    public static <S, T> @Nullable T optional(String name, @Nullable S stored, Function<S, T> read) {
        return stored == null ? null : field(name, () -> read.apply(stored));
    }

    /**
     * Makes sure of something.
     *
     * @throws UnreadableCodeSetException that names the field, when it is not so
     */
    public static void require(String name, boolean isSo) {
        if (!isSo) {
            throw wrong(name);
        }
    }

    /** A moment as ISO 8601 writes it, from 2000 to 9999. */
    public static Instant moment(String text) {
        Instant moment = Instant.parse(text);
        if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
            throw new IllegalArgumentException("A time is out of range");
        }
        return moment;
    }

    /** A number of wrong codes in a row: at the most nothing is counted any more. */
    public static int failures(String name, int inARow) {
        require(name, inARow >= 0 && inARow <= AttemptLimit.MOST_IN_A_ROW);
        return inARow;
    }

    /** A number of codes of old since the last good one; none is written for 0. */
    public static int replays(String name, @Nullable Integer replays) {
        require(name, replays == null || replays >= 0);
        return replays == null ? 0 : replays;
    }

    private static UnreadableCodeSetException wrong(String name) {
        return new UnreadableCodeSetException(name + " is missing or invalid");
    }
}
