package io.github.backupcodes.code;

/**
 * Computes the check character of base32 codes with the Luhn algorithm modulo 32. Every second symbol from the right is
 * doubled and its two base32 digits are added; the check character makes the sum a multiple of 32.
 *
 * <p>Doubling is a permutation of the 32 values, so every single wrong symbol is detected. Swapped neighbours are
 * detected except for the first and the last symbol (0 and Z), which doubling maps to themselves: 990 of the 992
 * ordered pairs of different symbols are detected, 99.8% ({@code LuhnMod32Test} counts them).
 */
final class LuhnMod32 {

    private static final Alphabet ALPHABET = Alphabet.BASE32;
    private static final int N = ALPHABET.size();

    private LuhnMod32() {}

    /** The check character for symbols in their normal form. */
    static char checkCharacter(CharSequence payload) {
        return ALPHABET.symbol((N - sum(payload, true)) % N);
    }

    /** Whether the last of these symbols is the check character of the others. */
    static boolean isValid(CharSequence symbols) {
        return sum(symbols, false) == 0;
    }

    private static int sum(CharSequence symbols, boolean doubleLast) {
        boolean doubled = doubleLast;
        int sum = 0;
        for (int i = symbols.length() - 1; i >= 0; i--) {
            int addend = ALPHABET.value(symbols.charAt(i)) * (doubled ? 2 : 1);
            sum += addend / N + addend % N;
            doubled = !doubled;
        }
        return sum % N;
    }
}
