package io.github.backupcodes.credential;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.Guesses;
import io.github.backupcodes.code.ReplacedCodes;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.code.StoredCode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * A set of codes as the two JSON texts of a Keycloak credential.
 *
 * @param publicData text for {@code CREDENTIAL_DATA}, see {@link PublicData}
 * @param secretData text for {@code SECRET_DATA}, see {@link SecretData}
 */
public record CodeSetJson(String publicData, String secretData) {

    /** The version that is written. A reader refuses what is newer in kind, not what merely has more fields. */
    static final int VERSION = 1;

    /** Writes a set. */
    public static CodeSetJson write(CodeSet set) {
        List<PublicData.Use> uses = new ArrayList<>();
        for (int i = 0; i < set.codes().size(); i++) {
            int position = i;
            set.codes()
                    .get(i)
                    .used()
                    .ifPresent(use ->
                            uses.add(new PublicData.Use(position, use.at().toString(), use.address())));
        }
        List<CodeHash> hashes = set.codes().stream().map(StoredCode::hash).toList();
        PublicData publicData = new PublicData(
                VERSION,
                set.createdAt().toString(),
                set.expiresAt() == null ? null : set.expiresAt().toString(),
                format(set.format()),
                SchemeJson.write(set.scheme()),
                set.total(),
                uses,
                guesses(set.guesses()),
                set.remindedAt() == null ? null : set.remindedAt().toString());
        SecretData secretData =
                new SecretData(VERSION, base64(set.salt().bytes()), base64(hashes), replaced(set.replaced()));
        try {
            return new CodeSetJson(
                    JsonSerialization.writeValueAsString(publicData), JsonSerialization.writeValueAsString(secretData));
        } catch (IOException e) {
            throw new IllegalStateException("Records of strings and numbers can be written as JSON", e);
        }
    }

    /**
     * The same, with what a later version has added to an earlier form of this set.
     *
     * @param before what is stored now
     */
    CodeSetJson keeping(CodeSetJson before) {
        return new CodeSetJson(
                LaterFields.kept(PublicData.class, before.publicData, publicData),
                LaterFields.kept(SecretData.class, before.secretData, secretData));
    }

    /**
     * Reads the set.
     *
     * @throws UnreadableSetException when this is not a set that this version can read
     */
    public CodeSet read() {
        try {
            return read(
                    JsonSerialization.readValue(publicData, PublicData.class),
                    JsonSerialization.readValue(secretData, SecretData.class));
        } catch (UnreadableSetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the cause may quote the data, so it is named but not kept
            throw new UnreadableSetException(e.getClass().getSimpleName());
        }
    }

    private static CodeSet read(PublicData open, SecretData secret) {
        if (open.version() != VERSION || secret.version() != VERSION) {
            throw new UnreadableSetException("version %d/%d".formatted(open.version(), secret.version()));
        }
        List<StoredCode> codes = new ArrayList<>(
                hashes(secret.hashes()).stream().map(StoredCode::unused).toList());
        for (PublicData.Use use : open.uses()) {
            CodeHash hash = codes.get(use.code()).hash();
            codes.set(use.code(), new StoredCode(hash, new CodeUse(Instant.parse(use.at()), use.address())));
        }
        return new CodeSet(
                format(open.format()),
                SchemeJson.read(open.scheme(), format(open.format())),
                new Salt(bytes(secret.salt())),
                Instant.parse(open.createdAt()),
                open.expiresAt() == null ? null : Instant.parse(open.expiresAt()),
                codes,
                guesses(open.guesses()),
                replaced(secret.replaced()),
                open.remindedAt() == null ? null : Instant.parse(open.remindedAt()));
    }

    private static PublicData.Format format(CodeFormat format) {
        return new PublicData.Format(format.alphabet().name().toLowerCase(Locale.ROOT), format.length());
    }

    private static CodeFormat format(PublicData.Format format) {
        return new CodeFormat(Alphabet.valueOf(format.alphabet().toUpperCase(Locale.ROOT)), format.length());
    }

    private static PublicData.@Nullable WrongCodes guesses(Guesses guesses) {
        if (guesses.equals(Guesses.NONE)) {
            return null;
        }
        Instant until = guesses.pausedUntil();
        return new PublicData.WrongCodes(guesses.inARow(), until == null ? null : until.toString());
    }

    private static Guesses guesses(PublicData.@Nullable WrongCodes guesses) {
        if (guesses == null) {
            return Guesses.NONE;
        }
        String until = guesses.pausedUntil();
        return new Guesses(guesses.inARow(), until == null ? null : Instant.parse(until));
    }

    private static SecretData.@Nullable Replaced replaced(@Nullable ReplacedCodes codes) {
        return codes == null
                ? null
                : new SecretData.Replaced(
                        format(codes.format()),
                        SchemeJson.write(codes.scheme()),
                        base64(codes.salt().bytes()),
                        base64(codes.hashes()));
    }

    private static @Nullable ReplacedCodes replaced(SecretData.@Nullable Replaced codes) {
        return codes == null
                ? null
                : new ReplacedCodes(
                        format(codes.format()),
                        SchemeJson.read(codes.scheme(), format(codes.format())),
                        new Salt(bytes(codes.salt())),
                        hashes(codes.hashes()));
    }

    private static List<String> base64(List<CodeHash> hashes) {
        return hashes.stream().map(hash -> base64(hash.bytes())).toList();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static List<CodeHash> hashes(List<String> base64) {
        return base64.stream().map(hash -> new CodeHash(bytes(hash))).toList();
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    @Override
    public String toString() {
        return "CodeSetJson[redacted]";
    }
}
