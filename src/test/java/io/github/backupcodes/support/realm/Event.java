package io.github.backupcodes.support.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Reads an event of Keycloak's admin REST. */
public final class Event {

    private Event() {}

    /** A detail, or empty text without it. */
    public static String detail(JsonNode event, String name) {
        return event.path("details").path(name).asText();
    }

    /** There is one event, and it has these details; an empty text means none of that name. */
    public static void assertOnly(List<JsonNode> events, Map<String, String> details) {
        assertThat(events).hasSize(1);
        details.forEach((name, text) ->
                assertThat(detail(events.get(0), name)).as("%s", name).isEqualTo(text));
    }
}
