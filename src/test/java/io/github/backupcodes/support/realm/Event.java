package io.github.backupcodes.support.realm;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads an event of Keycloak's admin REST. */
public final class Event {

    private Event() {}

    /** A detail, or empty text without it. */
    public static String detail(JsonNode event, String name) {
        return event.path("details").path(name).asText();
    }
}
