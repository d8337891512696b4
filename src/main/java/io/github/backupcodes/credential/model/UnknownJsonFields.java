package io.github.backupcodes.credential.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * Keeps the fields that a later version of this extension added to any object of a stored JSON. This version does not
 * use them, but they survive what it writes: during a rolling update, and after a downgrade, nothing is lost.
 */
public final class UnknownJsonFields {

    private UnknownJsonFields() {}

    /**
     * Merges the unknown fields of what was stored into what is to be stored.
     *
     * @param form   the record that both texts are JSON of; a field without a component in it is unknown
     * @param stored  what was stored; if it is null or not JSON, there is nothing to keep
     * @param written what the record was written as
     */
    public static String mergeUnknownFields(Class<? extends Record> form, @Nullable String stored, String written) {
        if (stored == null) {
            return written;
        }
        try {
            JsonNode older = JsonSerialization.readValue(stored, JsonNode.class);
            ObjectNode newer = JsonSerialization.readValue(written, ObjectNode.class);
            if (!(older instanceof ObjectNode object)) {
                return written;
            }
            merge(form, object, newer);
            return JsonSerialization.writeValueAsString(newer);
        } catch (IOException e) {
            return written;
        }
    }

    private static void merge(Class<?> form, ObjectNode stored, ObjectNode written) {
        RecordComponent[] known = form.getRecordComponents();
        List<String> names = Arrays.stream(known).map(RecordComponent::getName).toList();
        stored.properties().stream()
                .filter(field -> !names.contains(field.getKey()))
                .forEach(field -> written.set(field.getKey(), field.getValue()));
        for (RecordComponent component : known) {
            JsonNode older = stored.path(component.getName());
            JsonNode newer = written.path(component.getName());
            if (component.getType().isRecord() && older.isObject() && newer.isObject()) {
                merge(component.getType(), (ObjectNode) older, (ObjectNode) newer);
            } else if (older.isArray() && newer.isArray()) {
                recordElement(component.getGenericType()).ifPresent(element -> mergeEach(element, older, newer));
            }
        }
    }

    /** Entries of a list correspond if their first components, which are their keys, are equal. */
    private static void mergeEach(Class<?> form, JsonNode stored, JsonNode written) {
        String key = form.getRecordComponents()[0].getName();
        for (JsonNode newer : written) {
            StreamSupport.stream(stored.spliterator(), false)
                    .filter(older -> older.isObject() && older.path(key).equals(newer.path(key)))
                    .findFirst()
                    .ifPresent(older -> merge(form, (ObjectNode) older, (ObjectNode) newer));
        }
    }

    private static Optional<Class<?>> recordElement(Type list) {
        return list instanceof ParameterizedType type
                        && type.getActualTypeArguments()[0] instanceof Class<?> element
                        && element.isRecord()
                ? Optional.of(element)
                : Optional.empty();
    }
}
