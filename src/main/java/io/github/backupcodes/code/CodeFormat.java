package io.github.backupcodes.code;

/**
 * Value object: the format of the codes of a set, that is the alphabet and the number of symbols.
 *
 * <p>Entropy of the default of 15 base32 symbols: 14 random symbols of 5 bits are 70 bits; the 15th is the check
 * character and adds none. NIST SP 800-63B-4, 4.2.1.1 requires 64 bits for saved recovery codes, which 14 symbols reach
 * (65). Codes of digits have no check character, because it would make codes of that length ten times fewer: six digits
 * are 19.9 bits, the minimum that NIST SP 800-63B-4, 3.1.2 allows for a look-up secret. If a set has several codes, any
 * of them is accepted, which reduces the strength as {@link #bits(int)} says.
 *
 * @param alphabet the symbols
 * @param length   the number of symbols of a code, check character included: 10 to 32 of base32, 6 to 16 digits
 */
public record CodeFormat(Alphabet alphabet, int length) {

    /** The minimum number of symbols of a base32 code. */
    public static final int MIN_BASE32 = 10;

    /** The maximum number of symbols of a base32 code. */
    public static final int MAX_BASE32 = 32;

    /** The minimum number of digits of a decimal code (NIST SP 800-63B-4, 3.1.2). */
    public static final int MIN_DIGITS = 6;

    /** The maximum number of digits of a decimal code. */
    public static final int MAX_DIGITS = 16;

    /** The minimum strength of a new set in bits: that of one code of six digits, or of ten codes of seven digits. */
    public static final double LEAST_BITS = 19.9;

    /** The value of A: examples begin with letters. */
    private static final int FIRST_LETTER = 10;

    /** Eight digits, 26.6 bits: a length that people know from other services. */
    public static final CodeFormat SHORT = new CodeFormat(Alphabet.DIGITS, 8);

    /** 15 symbols of base32, 70 bits. */
    public static final CodeFormat DEFAULT = new CodeFormat(Alphabet.BASE32, 15);

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if the length is out of range for the alphabet
     */
    public CodeFormat {
        int min = alphabet == Alphabet.BASE32 ? MIN_BASE32 : MIN_DIGITS;
        int max = alphabet == Alphabet.BASE32 ? MAX_BASE32 : MAX_DIGITS;
        if (length < min || length > max) {
            throw new IllegalArgumentException(
                    "A code of %s has %d to %d symbols, not %d".formatted(alphabet, min, max, length));
        }
    }

    /** Whether the last symbol is a check character. */
    public boolean hasCheckCharacter() {
        return alphabet == Alphabet.BASE32;
    }

    /** The number of random symbols. */
    public int randomSymbols() {
        return hasCheckCharacter() ? length - 1 : length;
    }

    /** The entropy of one code in bits. */
    public double bits() {
        return randomSymbols() * log2(alphabet.size());
    }

    /**
     * The strength of a set in bits: any of its codes is accepted, so n codes subtract log2(n).
     *
     * @param count the number of codes in the set
     */
    public double bits(int count) {
        return bits() - log2(count);
    }

    /**
     * Whether a set resists guessing by its own strength, see {@link HashScheme#STRONG_BITS}.
     *
     * @param count the number of codes in the set
     */
    public boolean isStrong(int count) {
        return bits(count) >= HashScheme.STRONG_BITS;
    }

    private static double log2(int number) {
        return Math.log(number) / Math.log(2);
    }

    /**
     * A text that shows the format and is obviously no real code: the symbols in their order, grouped as codes are. With a check
     * character it is not even well-formed, so that entering it is no attempt.
     */
    public String example() {
        int first = alphabet == Alphabet.BASE32 ? FIRST_LETTER : 1;
        StringBuilder symbols = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            symbols.append(alphabet.symbol((first + i) % alphabet.size()));
        }
        if (hasCheckCharacter() && LuhnMod32.isValid(symbols)) {
            symbols.setCharAt(length - 1, alphabet.symbol((first + length) % alphabet.size()));
        }
        return new BackupCode(symbols.toString()).grouped();
    }

    /**
     * Parses typed or pasted text. Case, white space, dashes and invisible format characters do not matter, and neither
     * does what {@link CodeInput} removes. No hash is computed here: rejected input cannot be a code of this format and
     * does not count as an attempt.
     *
     * @param typed the raw input, of any length
     * @return the code, or why the input cannot be a code
     */
    public ParsedCode parse(String typed) {
        return CodeInput.parse(typed, this::readSymbols);
    }

    private ParsedCode readSymbols(String typed) {
        StringBuilder symbols = new StringBuilder(length);
        for (int i = 0; i < typed.length(); i++) {
            char character = typed.charAt(i);
            int value = alphabet.value(character);
            if (value != Alphabet.NOT_A_SYMBOL) {
                symbols.append(alphabet.symbol(value));
            } else if (!CodeSeparators.isSeparator(character)) {
                return ParsedCode.Malformed.SYMBOL;
            }
        }
        if (symbols.isEmpty()) {
            return ParsedCode.Malformed.EMPTY;
        }
        if (symbols.length() != length) {
            return ParsedCode.Malformed.LENGTH;
        }
        if (hasCheckCharacter() && !LuhnMod32.isValid(symbols)) {
            return ParsedCode.Malformed.CHECK_CHARACTER;
        }
        return new ParsedCode.WellFormed(new BackupCode(symbols.toString()));
    }
}
