package io.github.backupcodes.credential.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The few figures of a set that an overview of a whole realm needs, read without building the set: a hundred thousand of
 * them take well under a second.
 *
 * @param total     how many codes the set was made with
 * @param remaining how many codes can still be used
 * @param expiresAt when the set stops working; null when it does not
 * @param inARow    how many wrong codes were typed in a row
 */
public record CodeSetSummary(
        int total, int remaining, @Nullable Instant expiresAt, int inARow) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final CodeSetSummary UNREADABLE = new CodeSetSummary(0, 0, null, 0);

    /** Reads {@code CREDENTIAL_DATA}; what cannot be read has no codes left. */
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
        int inARow = 0;
        Instant expiresAt = null;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "total" -> total = parser.getIntValue();
                case "expiresAt" -> expiresAt = value == JsonToken.VALUE_NULL ? null : Instant.parse(parser.getText());
                case "uses" -> used = elements(parser);
                case "guesses" -> inARow = field(parser, "inARow");
                default -> parser.skipChildren();
            }
        }
        return new CodeSetSummary(total, total - used, expiresAt, inARow);
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
