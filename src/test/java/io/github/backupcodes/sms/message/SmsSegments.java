package io.github.backupcodes.sms.message;

/**
 * Value object: the length of a message, of which the price depends.
 *
 * @param encoding how the message is encoded
 * @param units    septets or 16-bit units of its text
 * @param count    how many segments are sent, at least one
 */
public record SmsSegments(SmsEncoding encoding, int units, int count) {

    /** Counts the segments of a text. */
    public static SmsSegments of(String text) {
        SmsEncoding encoding = SmsEncoding.of(text);
        int units = text.codePoints().map(encoding::units).sum();
        if (units <= encoding.single()) {
            return new SmsSegments(encoding, units, 1);
        }
        int count = 1;
        int used = 0;
        for (int character : text.codePoints().toArray()) {
            int next = encoding.units(character);
            if (used + next > encoding.part()) {
                count++;
                used = 0;
            }
            used += next;
        }
        return new SmsSegments(encoding, units, count);
    }
}
