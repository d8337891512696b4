package io.github.backupcodes.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code docs/rest.md}, made from the OpenAPI document. */
final class RestPage {

    private static final String HEAD = """
            # Admin REST reference

            `RestPageTest` generates this page from [openapi.yaml](openapi.yaml); change that file. For permissions and examples see
            [Admin REST: permissions and temporary codes](admin-rest.md).

            %s

            All paths are under `/admin/realms/{realm}/backup-codes` and require an access token of an administrator
            (`Authorization: Bearer …`).
            """;

    private final JsonNode document;
    private final StringBuilder page = new StringBuilder();

    RestPage(JsonNode document) {
        this.document = document;
    }

    /** The page in Markdown. */
    String text() {
        page.append(HEAD.formatted(oneLine(document.path("info").path("description"))));
        page.append("\n## Calls\n");
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                if (!"parameters".equals(call.getKey())) {
                    call(call.getKey().toUpperCase(Locale.ROOT), path.getKey(), path.getValue(), call.getValue());
                }
            }
        }
        page.append("\n## Bodies\n");
        document.path("components").path("schemas").properties().forEach(schema -> {
            if (schema.getValue().has("properties")) {
                schema(schema.getKey(), schema.getValue());
            }
        });
        return page.toString();
    }

    private void call(String method, String path, JsonNode all, JsonNode call) {
        page.append("\n### `%s %s`\n%s. %s\n"
                .formatted(
                        method,
                        path,
                        call.path("summary").asText(),
                        oneLine(call.path("description")).strip()));
        List<JsonNode> parameters = new ArrayList<>();
        all.path("parameters").forEach(parameters::add);
        call.path("parameters").forEach(parameters::add);
        if (!parameters.isEmpty()) {
            page.append("\n| Parameter | In | Meaning | Value |\n|---|---|---|---|\n");
            for (JsonNode parameter : parameters) {
                page.append("| `%s` | %s | %s | %s |\n"
                        .formatted(
                                parameter.path("name").asText(),
                                parameter.path("in").asText(),
                                oneLine(parameter.path("description")),
                                value(parameter.path("schema"))));
            }
        }
        JsonNode body = call.path("requestBody").path("content").path("application/json");
        if (!body.isMissingNode()) {
            page.append("\nBody: %s\n".formatted(value(body.path("schema"))));
        }
        page.append("\n| Status | Meaning | Body |\n|---|---|---|\n");
        call.path("responses").properties().forEach(answer -> answer(answer.getKey(), answer.getValue()));
    }

    private void answer(String status, JsonNode answer) {
        JsonNode schema =
                resolved(answer).path("content").path("application/json").path("schema");
        // beside a reference stands what it means there
        JsonNode described = answer.has("description") ? answer : resolved(answer);
        page.append("| %s | %s | %s |\n"
                .formatted(
                        status,
                        oneLine(described.path("description")),
                        schema.isMissingNode() ? "none" : value(schema)));
    }

    private void schema(String name, JsonNode schema) {
        List<String> required = Json.texts(schema.path("required"));
        page.append("\n### %s\n| Field | Required | Meaning | Value |\n|---|---|---|---|\n".formatted(name));
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            JsonNode described = field.getValue().has("description") ? field.getValue() : resolved(field.getValue());
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            field.getKey(),
                            required.contains(field.getKey()) ? "yes" : "no",
                            oneLine(described.path("description")),
                            value(field.getValue())));
        }
    }

    /** What a value looks like, in words. */
    private String value(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText().replaceFirst(".*/", "");
            return resolved(schema).has("properties")
                    ? "[%s](#%s)".formatted(name, name.toLowerCase(Locale.ROOT))
                    : type(resolved(schema));
        }
        if (schema.has("enum")) {
            return words(schema.path("enum")) + usual(schema);
        }
        if (schema.has("items")) {
            JsonNode items = schema.path("items");
            return "list of " + (items.has("properties") ? fields(items) : value(items));
        }
        return type(schema) + range(schema) + usual(schema);
    }

    private static String fields(JsonNode schema) {
        return schema.path("properties").properties().stream()
                .map(field -> "`" + field.getKey() + "`")
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? words(type).replace("`", "") : type.asText();
    }

    private static String words(JsonNode values) {
        return Json.list(values).stream()
                .map(value -> "`" + value.asText() + "`")
                .collect(Collectors.joining(" or "));
    }

    private static String range(JsonNode schema) {
        for (String kind : List.of("imum", "Length")) {
            String low = schema.path("min" + kind).asText();
            String high = schema.path("max" + kind).asText();
            if (!low.isEmpty() || !high.isEmpty()) {
                String unit = "Length".equals(kind) ? " characters" : "";
                return high.isEmpty()
                        ? ", at least %s%s".formatted(low, unit)
                        : ", %s to %s%s".formatted(low, high, unit);
            }
        }
        return "";
    }

    private static String usual(JsonNode schema) {
        return schema.has("default")
                ? "; `%s` when absent".formatted(schema.path("default").asText())
                : "";
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static String oneLine(JsonNode text) {
        return text.asText().strip().replaceAll("\\s+", " ");
    }
}
