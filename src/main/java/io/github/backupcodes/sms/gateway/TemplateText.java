package io.github.backupcodes.sms.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Value object: a parsed template. It is parsed before values are put in and never again, so that nothing in a value is read as a
 * placeholder or as a reference to the vault.
 *
 * @param parts its parts in order
 */
record TemplateText(List<Part> parts) {

    /** The name of a vault entry that a realm may use here, for example {@code sms-twilio}. */
    private static final Pattern ENTRY = Pattern.compile("sms-[A-Za-z0-9_-]{1,64}");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}?|\\{([a-z][a-z-]*)}");
    private static final String VAULT = "vault.";

    /** A part of a template. */
    sealed interface Part {

        /** Text that is sent as it is. */
        record Literal(String text) implements Part {}

        /** A value of the message. */
        record Value(Placeholder placeholder) implements Part {}

        /** A secret, by its entry in the vault. */
        record Secret(String entry) implements Part {}
    }

    static TemplateText parse(GatewayField field, String text) throws InvalidGatewayException {
        List<Part> parts = new ArrayList<>();
        Matcher reference = REFERENCE.matcher(text);
        int end = 0;
        while (reference.find()) {
            if (reference.start() > end) {
                parts.add(new Part.Literal(text.substring(end, reference.start())));
            }
            end = reference.end();
            String secret = reference.group(1);
            parts.add(secret == null ? value(field, reference.group(2)) : secret(field, reference.group(), secret));
        }
        if (end < text.length()) {
            parts.add(new Part.Literal(text.substring(end)));
        }
        return new TemplateText(List.copyOf(parts));
    }

    private static Part value(GatewayField field, String name) throws InvalidGatewayException {
        return Placeholder.of(name)
                .filter(placeholder -> placeholder != Placeholder.SIGNATURE || field == GatewayField.HEADERS)
                .map(Part.Value::new)
                .orElseThrow(() -> new InvalidGatewayException(field, GatewayFault.PLACEHOLDER));
    }

    private static Part secret(GatewayField field, String whole, String name) throws InvalidGatewayException {
        String entry = name.startsWith(VAULT) ? name.substring(VAULT.length()) : "";
        if (!whole.endsWith("}") || !ENTRY.matcher(entry).matches()) {
            throw new InvalidGatewayException(field, GatewayFault.SECRET_NAME);
        }
        return new Part.Secret(entry);
    }

    boolean has(Placeholder placeholder) {
        return parts.contains(new Part.Value(placeholder));
    }

    /** The vault entries that it refers to. */
    List<String> entries() {
        return parts.stream()
                .filter(Part.Secret.class::isInstance)
                .map(part -> ((Part.Secret) part).entry())
                .toList();
    }

    /**
     * Puts values and secrets in.
     *
     * @param values  the value of each placeholder
     * @param secrets the secret of each vault entry
     * @param escape  the escape of the place where the template stands
     */
    String render(Function<Placeholder, String> values, UnaryOperator<String> secrets, UnaryOperator<String> escape) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Literal literal) {
                text.append(literal.text());
            } else if (part instanceof Part.Value value) {
                text.append(escape.apply(values.apply(value.placeholder())));
            } else if (part instanceof Part.Secret secret) {
                text.append(escape.apply(secrets.apply(secret.entry())));
            }
        }
        return text.toString();
    }
}
