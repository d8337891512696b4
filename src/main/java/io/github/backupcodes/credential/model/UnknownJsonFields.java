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
 * The fields that a later version of this extension has written, in any object of a stored JSON. They are not understood, but
 * they outlive what an older version writes: in a rolling update, and after the way back, nothing is lost.
 */
public final class UnknownJsonFields {

    private UnknownJsonFields() {}

    /**
     * What is to be stored, with the fields of what was stored before that are none of ours.
     *
     * @param form   the record that both are JSON of; what is no component of it is a later field
     * @param before what was stored; where that is nothing or no JSON, there is nothing to keep
     * @param now    what the record was written as
     */
    public static String mergeUnknownFields(Class<? extends Record> form, @Nullable String before, String now) {
        if (before == null) {
            return now;
        }
        try {
            JsonNode older = JsonSerialization.readValue(before, JsonNode.class);
            ObjectNode newer = JsonSerialization.readValue(now, ObjectNode.class);
            if (!(older instanceof ObjectNode object)) {
                return now;
            }
            keep(form, object, newer);
            return JsonSerialization.writeValueAsString(newer);
        } catch (IOException e) {
            return now;
        }
    }

    private static void keep(Class<?> form, ObjectNode before, ObjectNode now) {
        RecordComponent[] known = form.getRecordComponents();
        List<String> names = Arrays.stream(known).map(RecordComponent::getName).toList();
        before.properties().stream()
                .filter(field -> !names.contains(field.getKey()))
                .forEach(field -> now.set(field.getKey(), field.getValue()));
        for (RecordComponent component : known) {
            JsonNode older = before.path(component.getName());
            JsonNode newer = now.path(component.getName());
            if (component.getType().isRecord() && older.isObject() && newer.isObject()) {
                keep(component.getType(), (ObjectNode) older, (ObjectNode) newer);
            } else if (older.isArray() && newer.isArray()) {
                recordIn(component.getGenericType()).ifPresent(element -> keepEach(element, older, newer));
            }
        }
    }

    /** An entry is the same one when its first component is: that is its key. */
    private static void keepEach(Class<?> form, JsonNode before, JsonNode now) {
        String key = form.getRecordComponents()[0].getName();
        for (JsonNode newer : now) {
            StreamSupport.stream(before.spliterator(), false)
                    .filter(older -> older.isObject() && older.path(key).equals(newer.path(key)))
                    .findFirst()
                    .ifPresent(older -> keep(form, (ObjectNode) older, (ObjectNode) newer));
        }
    }

    private static Optional<Class<?>> recordIn(Type list) {
        return list instanceof ParameterizedType type
                        && type.getActualTypeArguments()[0] instanceof Class<?> element
                        && element.isRecord()
                ? Optional.of(element)
                : Optional.empty();
    }
}
