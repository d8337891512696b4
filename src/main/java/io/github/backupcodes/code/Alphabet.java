package io.github.backupcodes.code;

/** The symbols that codes are made of: ASCII letters and digits. {@link CodeInput} maps other characters to them. */
public enum Alphabet {
    /**
     * Crockford's base32: 32 symbols (5 bits each) without I, L, O and U. As Crockford describes it, input is read
     * leniently: lower case counts as upper case, O as 0, I and L as 1.
     */
    BASE32("0123456789ABCDEFGHJKMNPQRSTVWXYZ"),

    /** Ten decimal digits, 3.32 bits each. */
    DIGITS("0123456789");

    /** The result of {@link #value} for a character that is not a symbol. */
    public static final int NOT_A_SYMBOL = -1;

    private final String symbols;

    Alphabet(String symbols) {
        this.symbols = symbols;
    }

    /** The number of symbols. */
    public int size() {
        return symbols.length();
    }

    /** The symbol with the given value, from 0 to {@code size() - 1}. */
    public char symbol(int value) {
        return symbols.charAt(value);
    }

    /** The value of a typed character, or {@link #NOT_A_SYMBOL}. */
    public int value(int typed) {
        return symbols.indexOf(this == BASE32 ? crockford(typed) : typed);
    }

    private static int crockford(int typed) {
        int upper = typed >= 'a' && typed <= 'z' ? typed - 'a' + 'A' : typed;
        return switch (upper) {
            case 'O' -> '0';
            case 'I', 'L' -> '1';
            default -> upper;
        };
    }
}
