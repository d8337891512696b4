package io.github.backupcodes.challenge;

import io.github.backupcodes.code.CodeInput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Value object: a code of decimal digits that is sent to a user.
 *
 * @param digits the digits, ASCII
 */
public record VerificationCode(String digits) {

    /** The fewest and the most digits: NIST SP 800-63B-4, 3.1.3.2, wants six or more. */
    public static final int LEAST_DIGITS = 6;

    /** People type more than eight digits with mistakes. */
    public static final int MOST_DIGITS = 8;

    private static final String MAC = "HmacSHA256";

    /**
     * Derives the code of a challenge: the first 64 bits of an HMAC, modulo 10^length. The bias is below 2^-37 for eight digits.
     *
     * @param key    a key of the realm for this purpose alone
     * @param scope  what the challenge is bound to
     * @param nonce  the challenge's
     * @param length the number of digits
     */
    public static VerificationCode derive(byte[] key, ChallengeScope scope, String nonce, int length) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            long bits = ByteBuffer.wrap(mac.doFinal(scope.codeInput(nonce))).getLong();
            long number = Long.remainderUnsigned(bits, (long) Math.pow(10, length));
            return new VerificationCode(("%0" + length + "d").formatted(number));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }

    /**
     * Parses what a user typed: separators, spaces and invisible characters do not matter, and digits of every script are read.
     *
     * @param typed  the raw input
     * @param length the number of digits of the code
     * @return empty if it is no code of this length: nothing was guessed then, so nothing is counted
     */
    public static Optional<VerificationCode> parse(String typed, int length) {
        return Optional.of(CodeInput.symbols(typed))
                .filter(symbols -> symbols.length() == length && symbols.chars().allMatch(VerificationCode::isDigit))
                .map(VerificationCode::new);
    }

    private static boolean isDigit(int symbol) {
        return symbol >= '0' && symbol <= '9';
    }

    /** Compares in constant time. */
    public boolean matches(VerificationCode other) {
        return MessageDigest.isEqual(
                digits.getBytes(StandardCharsets.US_ASCII), other.digits.getBytes(StandardCharsets.US_ASCII));
    }

    /** Without the digits, which must not reach a log. */
    @Override
    public String toString() {
        return "VerificationCode[" + digits.length() + " digits]";
    }
}
