package io.github.backupcodes.code;

/**
 * The format of Keycloak's own recovery codes ({@code RecoveryAuthnCodesUtils}; the same before and after 26.2): twelve
 * symbols of 34, 61 bits, shown in groups of four. I, L and 1 are three different symbols, and neither O nor 0 is a
 * symbol, so no symbol can be mistaken for another; there is no check character.
 */
public final class KeycloakRecoveryCodeFormat {

    /** The number of symbols of a code. */
    public static final int LENGTH = 12;

    private static final String SYMBOLS = "ABCDEFGHIJKLMNPQRSTUVWXYZ123456789";

    private KeycloakRecoveryCodeFormat() {}

    /**
     * Parses typed or pasted text. Case and separators do not matter, and neither does what {@link CodeInput} removes.
     *
     * @param typed the raw input, of any length
     * @return the code, or why the input cannot be a code
     */
    public static ParsedCode parse(String typed) {
        return CodeInput.parse(typed, KeycloakRecoveryCodeFormat::readSymbols);
    }

    private static ParsedCode readSymbols(String typed) {
        StringBuilder symbols = new StringBuilder(LENGTH);
        for (int i = 0; i < typed.length(); i++) {
            char character = typed.charAt(i);
            char upper = character >= 'a' && character <= 'z' ? (char) (character - 'a' + 'A') : character;
            if (SYMBOLS.indexOf(upper) >= 0) {
                symbols.append(upper);
            } else if (!CodeSeparators.isSeparator(character)) {
                return ParsedCode.Malformed.SYMBOL;
            }
        }
        if (symbols.isEmpty()) {
            return ParsedCode.Malformed.EMPTY;
        }
        return symbols.length() == LENGTH
                ? new ParsedCode.WellFormed(new BackupCode(symbols.toString()))
                : ParsedCode.Malformed.LENGTH;
    }
}
