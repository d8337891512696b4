package io.github.backupcodes.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.Unchecked;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code docs/openapi.yaml} promises, held against what the server answers. */
public final class OpenApiContract {

    private static final JsonNode DOCUMENT = read();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private OpenApiContract() {}

    /**
     * What is wrong with an answer.
     *
     * @param path   as in the document, for example {@code /users/{id}}
     */
    public static List<String> faults(String method, String path, int status, @Nullable JsonNode body) {
        JsonNode answer = DOCUMENT.path("paths")
                .path(path)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses")
                .path(String.valueOf(status));
        if (answer.isMissingNode()) {
            return List.of("%s %s: %d is not in the document".formatted(method, path, status));
        }
        JsonNode described =
                answer.has("$ref") ? DOCUMENT.at(answer.path("$ref").asText().substring(1)) : answer;
        JsonNode schema = described.path("content").path("application/json").path("schema");
        if (schema.isMissingNode()) {
            return body == null || body.isMissingNode() ? List.of() : List.of("a body that is not in the document");
        }
        // what is referred to is found from the root
        ObjectNode root = schema.deepCopy();
        root.set("components", DOCUMENT.path("components"));
        return SCHEMAS.getSchema(root).validate(body).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** All of it. */
    static JsonNode document() {
        return DOCUMENT;
    }

    /** The body of an answer; null when it has none. */
    public static @Nullable JsonNode body(String text) {
        return text.isEmpty() ? null : Json.read(text);
    }

    private static JsonNode read() {
        return Unchecked.get(() -> new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("docs/openapi.yaml").toFile()));
    }
}
