package io.github.backupcodes.sms.message;

/** How a message is encoded, by 3GPP TS 23.038: the 7-bit default alphabet if it has all characters, otherwise UCS-2. */
public enum SmsEncoding {
    /** The default alphabet with its extension table; national tables are not used, because few gateways know them. */
    GSM_7(160, 153),
    /** 16 bits a unit; a character beyond the basic plane has two units. */
    UCS_2(70, 67);

    /** 3GPP TS 23.038, 6.2.1, without the escape to the extension table. */
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** 3GPP TS 23.038, 6.2.1.1: characters with two units. */
    private static final String EXTENSION = "\f^{}\\[~]|€";

    private final int single;
    private final int part;

    SmsEncoding(int single, int part) {
        this.single = single;
        this.part = part;
    }

    /** The encoding of a text. */
    public static SmsEncoding of(String text) {
        return text.chars().allMatch(each -> BASIC.indexOf(each) >= 0 || EXTENSION.indexOf(each) >= 0) ? GSM_7 : UCS_2;
    }

    /** How many units a message of one segment has at most. */
    int single() {
        return single;
    }

    /** How many units each segment of a longer message has at most: its header takes the rest. */
    int part() {
        return part;
    }

    /**
     * How many units a character has, which are never in two segments.
     *
     * @param codePoint one of a text of this encoding
     */
    int units(int codePoint) {
        return this == UCS_2 ? Character.charCount(codePoint) : EXTENSION.indexOf(codePoint) >= 0 ? 2 : 1;
    }
}
