package io.github.backupcodes.sms.message;

/** How many segments a text message has (3GPP TS 23.038): operators charge each of them. */
final class SmsSegments {

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
            + "abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";

    private SmsSegments() {}

    /** Whether the default alphabet has all characters; otherwise the message is sent in UCS-2. */
    static boolean isGsm7(String text) {
        return text.chars().allMatch(character -> BASIC.indexOf(character) >= 0 || EXTENSION.indexOf(character) >= 0);
    }

    /** The characters that the default alphabet lacks. */
    static String missing(String text) {
        return text.codePoints()
                .filter(character -> BASIC.indexOf(character) < 0 && EXTENSION.indexOf(character) < 0)
                .distinct()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static int count(String text) {
        if (isGsm7(text)) {
            int septets = (int) text.chars()
                            .filter(character -> EXTENSION.indexOf(character) >= 0)
                            .count()
                    + text.length();
            return septets <= 160 ? 1 : (septets + 152) / 153;
        }
        return text.length() <= 70 ? 1 : (text.length() + 66) / 67;
    }
}
