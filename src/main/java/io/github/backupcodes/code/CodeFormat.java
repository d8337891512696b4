package io.github.backupcodes.code;

/**
 * How the codes of a set look: the alphabet and the number of symbols.
 *
 * <p>Entropy, for the default of 15 base32 symbols: 14 random symbols of 5 bits are 70 bits, the 15th is the check
 * character and adds none. NIST SP 800-63B-4, 4.2.1.1 asks for 64 bits of saved recovery codes, which 14 symbols reach
 * (65). Digits have no check character, since it would leave a tenth of the codes of that length: six of them are 19.9
 * bits, the least that NIST SP 800-63B-4, 3.1.2 allows for a look-up secret. Where a set has several codes any of them opens, which
 * takes off what {@link #bits(int)} says.
 *
 * @param alphabet the symbols
 * @param length   how many symbols a code has, check character included: 10 to 32 of base32, 6 to 16 digits
 */
public record CodeFormat(Alphabet alphabet, int length) {

    /** The fewest and the most symbols of a base32 code. */
    public static final int MIN_BASE32 = 10;

    public static final int MAX_BASE32 = 32;

    /** The fewest (NIST SP 800-63B-4, 3.1.2) and the most digits of a decimal code. */
    public static final int MIN_DIGITS = 6;

    public static final int MAX_DIGITS = 16;

    /** The fewest bits of a set that is made, those of one code of six digits: seven digits have as many for ten codes. */
    public static final double LEAST_BITS = 19.9;

    /** Eight digits, 26.6 bits: as short as people know such codes from elsewhere. */
    public static final CodeFormat SHORT = new CodeFormat(Alphabet.DIGITS, 8);

    /** 15 symbols of base32, 70 bits. */
    public static final CodeFormat DEFAULT = new CodeFormat(Alphabet.BASE32, 15);

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException when the length is out of range for the alphabet
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

    /** How many of the symbols are random. */
    public int randomSymbols() {
        return hasCheckCharacter() ? length - 1 : length;
    }

    /** The entropy of one code in bits. */
    public double bits() {
        return randomSymbols() * log2(alphabet.size());
    }

    /**
     * The bits that stand between a guess and a set: any of its codes opens, so that n of them take log2(n) off.
     *
     * @param count how many codes the set has
     */
    public double bits(int count) {
        return bits() - log2(count);
    }

    /**
     * Whether a set resists guessing by its own strength, see {@link HashScheme#STRONG_BITS}.
     *
     * @param count how many codes the set has
     */
    public boolean isStrong(int count) {
        return bits(count) >= HashScheme.STRONG_BITS;
    }

    private static double log2(int number) {
        return Math.log(number) / Math.log(2);
    }

    /**
     * Reads what somebody typed or pasted. Case, white space, dashes and invisible format characters do not matter, nor does
     * what {@link CodeInput} leaves out. No hash is computed here: whatever this refuses cannot be a code of this format, and
     * costs no attempt.
     *
     * @param typed the input as it came, of any length
     * @return the code, or why it cannot be one
     */
    public ParsedCode read(String typed) {
        return CodeInput.read(typed, this::readSymbols);
    }

    private ParsedCode readSymbols(String typed) {
        StringBuilder symbols = new StringBuilder(length);
        for (int i = 0; i < typed.length(); i++) {
            char character = typed.charAt(i);
            int value = alphabet.value(character);
            if (value != Alphabet.NOT_A_SYMBOL) {
                symbols.append(alphabet.symbol(value));
            } else if (!CodeSeparators.isSeparator(character)) {
                return ParsedCode.Mistyped.SYMBOL;
            }
        }
        if (symbols.isEmpty()) {
            return ParsedCode.Mistyped.EMPTY;
        }
        if (symbols.length() != length) {
            return ParsedCode.Mistyped.LENGTH;
        }
        if (hasCheckCharacter() && !LuhnMod32.isValid(symbols)) {
            return ParsedCode.Mistyped.CHECK_CHARACTER;
        }
        return new ParsedCode.WellFormed(new BackupCode(symbols.toString()));
    }
}
