package io.github.backupcodes.sms.gateway;

import java.util.Optional;
import java.util.stream.Stream;

/** A value of a message that a template refers to by its name in braces. */
enum Placeholder {
    TO("to"),
    TO_WITHOUT_PLUS("to-without-plus"),
    TEXT("text"),
    FROM("from"),
    ID("id"),
    SIGNATURE("signature");

    private final String name;

    Placeholder(String name) {
        this.name = name;
    }

    static Optional<Placeholder> of(String name) {
        return Stream.of(values())
                .filter(placeholder -> placeholder.name.equals(name))
                .findFirst();
    }
}
