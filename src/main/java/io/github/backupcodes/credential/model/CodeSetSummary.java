package io.github.backupcodes.credential.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.backupcodes.code.CodeSetFigures;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a set that a report about a whole realm needs, read without parsing the set: a hundred thousand of them take well
 * under a second.
 *
 * @param total               how many codes the set was generated with
 * @param remaining           how many codes are unused
 * @param consecutiveFailures how many failed attempts there were since the last valid code
 * @param createdAt           when the codes were generated
 * @param expiresAt           when the codes expire; null for never
 */
public record CodeSetSummary(
        int total,
        int remaining,
        int consecutiveFailures,
        Instant createdAt,
        @Nullable Instant expiresAt) implements CodeSetFigures {

    private static final JsonFactory JSON = new JsonFactory();
    private static final CodeSetSummary UNREADABLE = new CodeSetSummary(0, 0, 0, Instant.EPOCH, null);

    /** Reads {@code CREDENTIAL_DATA}. An unreadable set counts as having no codes left. */
    public static CodeSetSummary of(@Nullable String publicData) {
        if (publicData == null) {
            return UNREADABLE;
        }
        try (JsonParser parser = JSON.createParser(publicData)) {
            return read(parser);
        } catch (IOException | DateTimeParseException e) {
            return UNREADABLE;
        }
    }

    private static CodeSetSummary read(JsonParser parser) throws IOException {
        int total = 0;
        int used = 0;
        int failures = 0;
        Instant createdAt = null;
        Instant expiresAt = null;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "total" -> total = parser.getIntValue();
                case "createdAt" -> createdAt = Instant.parse(parser.getText());
                case "expiresAt" -> expiresAt = value == JsonToken.VALUE_NULL ? null : Instant.parse(parser.getText());
                case "uses" -> used = elements(parser);
                case "guesses" -> failures = field(parser, "inARow");
                default -> parser.skipChildren();
            }
        }
        return createdAt == null ? UNREADABLE : new CodeSetSummary(total, total - used, failures, createdAt, expiresAt);
    }

    private static int elements(JsonParser array) throws IOException {
        int count = 0;
        while (array.nextToken() == JsonToken.START_OBJECT) {
            array.skipChildren();
            count++;
        }
        return count;
    }

    private static int field(JsonParser object, String wanted) throws IOException {
        int found = 0;
        while (object.nextToken() == JsonToken.FIELD_NAME) {
            boolean is = wanted.equals(object.currentName());
            object.nextToken();
            if (is) {
                found = object.getIntValue();
            } else {
                object.skipChildren();
            }
        }
        return found;
    }
}
