package io.github.backupcodes.code;

/** The symbols that codes are made of: ASCII letters and digits. What else stands for them, {@link CodeInput} knows. */
public enum Alphabet {
    /**
     * Crockford's base32: 32 symbols (5 bits each) without I, L, O and U. Reading is forgiving as Crockford
     * describes it: lower case is upper case, O is 0, I and L are 1.
     */
    BASE32("0123456789ABCDEFGHJKMNPQRSTVWXYZ"),

    /** Ten decimal digits, 3.32 bits each. */
    DIGITS("0123456789");

    /** What {@link #value} returns for a character that is none of the symbols. */
    public static final int NOT_A_SYMBOL = -1;

    private final String symbols;

    Alphabet(String symbols) {
        this.symbols = symbols;
    }

    /** How many symbols there are. */
    public int size() {
        return symbols.length();
    }

    /** The symbol with a value from 0 to {@code size() - 1}. */
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
