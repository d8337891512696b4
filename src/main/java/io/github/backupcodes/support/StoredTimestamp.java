package io.github.backupcodes.support;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A timestamp that is stored as text where others can write as well, for example in an attribute of a user. */
public final class StoredTimestamp {

    private StoredTimestamp() {}

    /** Parses ISO 8601 in UTC; empty if the text is missing, or if someone else has written something else. */
    public static Optional<Instant> parse(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
