package io.github.backupcodes.support.realm;

import io.github.backupcodes.support.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app: RFC 6238 with HMAC-SHA-1, six digits, thirty seconds, as Keycloak's default policy has it. */
public final class Totp {

    /** How long a code lasts. */
    public static final int PERIOD_SECONDS = 30;

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private Totp(byte[] key) {
        this.key = key.clone();
    }

    /**
     * An app that knows the key as Keycloak stores it.
     *
     * @param secret the text whose bytes are the key, {@code value} in a credential's secret data
     */
    public static Totp ofStored(String secret) {
        return new Totp(secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An app into which the key was typed, as the set-up page shows it.
     *
     * @param base32 the key in base32 (RFC 4648); spaces and case do not matter
     */
    public static Totp ofBase32(String base32) {
        String symbols = base32.replaceAll("[\\s=]", "").toUpperCase(Locale.ROOT);
        ByteBuffer bytes = ByteBuffer.allocate(symbols.length() * 5 / 8);
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < symbols.length(); i++) {
            int value = BASE32.indexOf(symbols.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("not base32");
            }
            buffer = buffer << 5 | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (buffer >> bits));
                buffer &= (1 << bits) - 1;
            }
        }
        return new Totp(bytes.array());
    }

    /** An app with a new key of 20 letters. */
    public static Totp random() {
        byte[] key = new byte[20];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) BASE32.charAt(RANDOM.nextInt(BASE32.length()));
        }
        return new Totp(key);
    }

    /** The code of this moment. */
    public String now() {
        return at(Instant.now());
    }

    /** A code that the server refuses: it is none of this moment, nor of the minutes around it. */
    public String wrong() {
        Instant now = Instant.now();
        Set<String> near = new HashSet<>();
        for (int step = -4; step <= 4; step++) {
            near.add(at(now.plusSeconds((long) step * PERIOD_SECONDS)));
        }
        return IntStream.range(0, near.size() + 1)
                .mapToObj(number -> String.format(Locale.ROOT, "%06d", number))
                .filter(code -> !near.contains(code))
                .findFirst()
                .orElseThrow();
    }

    /** The code of a moment. */
    public String at(Instant moment) {
        return code(Math.floorDiv(moment.getEpochSecond(), PERIOD_SECONDS), 6);
    }

    String code(long counter, int digits) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
            int offset = hash[hash.length - 1] & 0xf;
            int truncated = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return String.format(Locale.ROOT, "%0" + digits + "d", truncated % (int) Math.pow(10, digits));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key as Keycloak stores it. */
    public String stored() {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** The app as the admin REST takes it. */
    public Map<String, Object> credential() {
        return Map.of(
                "type",
                "otp",
                "userLabel",
                "phone",
                "secretData",
                Json.write(Map.of("value", stored())),
                "credentialData",
                Json.write(Map.of(
                        "subType",
                        "totp",
                        "digits",
                        6,
                        "period",
                        PERIOD_SECONDS,
                        "counter",
                        0,
                        "algorithm",
                        "HmacSHA1")));
    }

    /** The key as people type it. */
    public String base32() {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte octet : key) {
            buffer = buffer << 8 | (octet & 0xff);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt(buffer >> bits & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(BASE32.charAt(buffer << (5 - bits) & 31));
        }
        return text.toString();
    }
}
