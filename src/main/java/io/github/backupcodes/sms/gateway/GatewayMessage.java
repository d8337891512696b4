package io.github.backupcodes.sms.gateway;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Value object: the values of one message in the templates of a gateway.
 *
 * @param id   the same for each try to send it: 1 to 64 letters, digits, - and _
 * @param to   the number in E.164 with its +
 * @param text the text, normalized to NFC, without control characters other than line feeds
 * @param from the name or number of the sender; empty to use that of the gateway
 */
public record GatewayMessage(String id, String to, String text, String from) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern SENDER = Pattern.compile("(?=.*[A-Za-z0-9])[A-Za-z0-9 ]{1,11}|\\+?\\d{1,15}");

    /** Controls but line feeds, and halves of surrogate pairs, which no encoding can carry. */
    private static final Pattern UNSENDABLE = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n]]");

    /**
     * Checks and normalizes the values.
     *
     * @throws IllegalArgumentException if one is invalid; it is not in the message
     */
    public GatewayMessage {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("invalid id of a text message");
        }
        if (!E164.matcher(to).matches()) {
            throw new IllegalArgumentException("the number of a text message is not in E.164");
        }
        if (!from.isEmpty() && !isSender(from)) {
            throw new IllegalArgumentException("invalid sender of a text message");
        }
        text = UNSENDABLE
                .matcher(Normalizer.normalize(text.replace("\r\n", "\n"), Normalizer.Form.NFC))
                .replaceAll("");
    }

    /** Whether a text is a valid sender: 1 to 11 letters A to Z, digits and spaces, or a number of at most 15 digits. */
    static boolean isSender(String text) {
        return SENDER.matcher(text).matches();
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "GatewayMessage[id=" + id + ']';
    }
}
