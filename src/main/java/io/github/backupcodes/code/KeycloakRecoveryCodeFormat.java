package io.github.backupcodes.code;

/**
 * How Keycloak's own recovery codes look ({@code RecoveryAuthnCodesUtils}; the same before and after 26.2): twelve symbols of 34,
 * 61 bits, shown in groups of four. I, L and 1 are three symbols there, and neither O nor 0 is one, so that nothing can be
 * read for something else; there is no check character.
 */
public final class KeycloakRecoveryCodeFormat {

    /** How many symbols a code has. */
    public static final int LENGTH = 12;

    private static final String SYMBOLS = "ABCDEFGHIJKLMNPQRSTUVWXYZ123456789";

    private KeycloakRecoveryCodeFormat() {}

    /**
     * Reads what somebody typed or pasted. Case and separators do not matter, nor does what
     * {@link CodeInput} leaves out.
     *
     * @param typed the input as it came, of any length
     * @return the code, or why it cannot be one
     */
    public static ParsedCode read(String typed) {
        return CodeInput.read(typed, KeycloakRecoveryCodeFormat::readSymbols);
    }

    private static ParsedCode readSymbols(String typed) {
        StringBuilder symbols = new StringBuilder(LENGTH);
        for (int i = 0; i < typed.length(); i++) {
            char character = typed.charAt(i);
            char upper = character >= 'a' && character <= 'z' ? (char) (character - 'a' + 'A') : character;
            if (SYMBOLS.indexOf(upper) >= 0) {
                symbols.append(upper);
            } else if (!CodeSeparators.isSeparator(character)) {
                return ParsedCode.Mistyped.SYMBOL;
            }
        }
        if (symbols.isEmpty()) {
            return ParsedCode.Mistyped.EMPTY;
        }
        return symbols.length() == LENGTH
                ? new ParsedCode.WellFormed(new BackupCode(symbols.toString()))
                : ParsedCode.Mistyped.LENGTH;
    }
}
