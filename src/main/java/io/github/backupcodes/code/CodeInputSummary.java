package io.github.backupcodes.code;

/**
 * Value object: what may be said about an input that is not a code, without repeating it.
 *
 * @param length the number of characters, without separators and surrounding quotes
 * @param digits whether all of them are digits, and there is at least one
 */
public record CodeInputSummary(int length, boolean digits) {

    /** The lengths of the codes that authenticator apps show. */
    private static final int SHORTEST_OTP = 6;

    private static final int LONGEST_OTP = 8;

    /** Summarizes an input of any length. */
    public static CodeInputSummary of(String typed) {
        String symbols = CodeInput.symbols(typed);
        return new CodeInputSummary(
                symbols.codePointCount(0, symbols.length()),
                !symbols.isEmpty() && symbols.chars().allMatch(symbol -> symbol >= '0' && symbol <= '9'));
    }

    /** Whether it could be the code of an authenticator app. */
    public boolean resemblesOtp() {
        return digits && length >= SHORTEST_OTP && length <= LONGEST_OTP;
    }
}
