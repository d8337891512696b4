package io.github.backupcodes.sms.gateway;

import java.util.EnumMap;
import java.util.Map;

/**
 * Value object: what an administrator writes about a gateway, as text.
 *
 * @param texts            the texts; missing ones are blank
 * @param isAllowGet       whether number and text may stand in the URL
 * @param isFromRealm      whether a realm has it: then secrets come from the vault alone. Server options are a place for secrets
 *                         themselves
 */
public record GatewayDescription(Map<GatewayField, String> texts, boolean isAllowGet, boolean isFromRealm) {

    /** Copies the texts. */
    public GatewayDescription {
        Map<GatewayField, String> copy = new EnumMap<>(GatewayField.class);
        texts.forEach((field, text) -> copy.put(field, text.strip()));
        texts = Map.copyOf(copy);
    }

    /** A text without blanks around it; empty if it is missing. */
    String text(GatewayField field) {
        return texts.getOrDefault(field, "");
    }

    /** Without the texts, which may contain secrets. */
    @Override
    public String toString() {
        return "GatewayDescription[" + texts.keySet() + ']';
    }
}
