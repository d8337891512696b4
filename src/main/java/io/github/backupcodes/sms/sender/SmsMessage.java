package io.github.backupcodes.sms.sender;

/**
 * Value object: a text message.
 *
 * @param id          names this sending, 1 to 64 letters, digits, - and _; the same for each try, so that a gateway that knows
 *                    idempotency keys sends it once
 * @param to          the number in E.164 with its +
 * @param text        the text
 * @param from        the name or number of the sender, for example {@code Demo}; empty for that of the gateway
 * @param languageTag the language of the text as a BCP 47 tag
 * @param purpose     what it is for
 */
public record SmsMessage(String id, String to, String text, String from, String languageTag, SmsPurpose purpose) {

    /** Without number and text. */
    @Override
    public String toString() {
        return "SmsMessage[id=" + id + ", purpose=" + purpose.id() + ']';
    }
}
