package io.github.backupcodes.credential;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.Argon2id;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.code.Pbkdf2;
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

    private static final String ARGON2ID = "argon2id";
    private static final String PBKDF2 = "pbkdf2-sha512";

    /** Writes a set. */
    public static CodeSetJson write(CodeSet set) {
        List<PublicData.Use> uses = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        for (int i = 0; i < set.codes().size(); i++) {
            StoredCode code = set.codes().get(i);
            hashes.add(Base64.getEncoder().encodeToString(code.hash().bytes()));
            int position = i;
            code.used()
                    .ifPresent(use ->
                            uses.add(new PublicData.Use(position, use.at().toString(), use.address())));
        }
        PublicData publicData = new PublicData(
                VERSION,
                set.createdAt().toString(),
                new PublicData.Format(
                        set.format().alphabet().name().toLowerCase(Locale.ROOT),
                        set.format().length()),
                scheme(set.scheme()),
                set.total(),
                uses);
        SecretData secretData = new SecretData(
                VERSION, Base64.getEncoder().encodeToString(set.salt().bytes()), hashes);
        try {
            return new CodeSetJson(
                    JsonSerialization.writeValueAsString(publicData), JsonSerialization.writeValueAsString(secretData));
        } catch (IOException e) {
            throw new IllegalStateException("Records of strings and numbers can be written as JSON", e);
        }
    }

    /**
     * Reads the set.
     *
     * @throws UnreadableSetException when this is not a set that this version can read
     */
    public CodeSet read() {
        try {
            PublicData open = JsonSerialization.readValue(publicData, PublicData.class);
            SecretData secret = JsonSerialization.readValue(secretData, SecretData.class);
            if (open.version() != VERSION || secret.version() != VERSION) {
                throw new UnreadableSetException("version %d/%d".formatted(open.version(), secret.version()));
            }
            List<StoredCode> codes = new ArrayList<>();
            for (String hash : secret.hashes()) {
                codes.add(StoredCode.unused(new CodeHash(Base64.getDecoder().decode(hash))));
            }
            for (PublicData.Use use : open.uses()) {
                CodeHash hash = codes.get(use.code()).hash();
                codes.set(use.code(), new StoredCode(hash, new CodeUse(Instant.parse(use.at()), use.address())));
            }
            return new CodeSet(
                    new CodeFormat(
                            Alphabet.valueOf(open.format().alphabet().toUpperCase(Locale.ROOT)),
                            open.format().length()),
                    scheme(open.scheme()),
                    new Salt(Base64.getDecoder().decode(secret.salt())),
                    Instant.parse(open.createdAt()),
                    codes);
        } catch (IOException | RuntimeException e) {
            // the cause may quote the data, so it is named but not kept
            throw e instanceof UnreadableSetException unreadable
                    ? unreadable
                    : new UnreadableSetException(e.getClass().getSimpleName());
        }
    }

    private static PublicData.Scheme scheme(HashScheme scheme) {
        if (scheme instanceof Argon2id argon2id) {
            return new PublicData.Scheme(ARGON2ID, argon2id.iterations(), argon2id.memoryKib(), argon2id.parallelism());
        }
        return new PublicData.Scheme(PBKDF2, ((Pbkdf2) scheme).iterations(), null, null);
    }

    private static HashScheme scheme(PublicData.Scheme scheme) {
        return switch (scheme.name()) {
            case ARGON2ID ->
                new Argon2id(present(scheme.memoryKib()), scheme.iterations(), present(scheme.parallelism()));
            case PBKDF2 -> new Pbkdf2(scheme.iterations());
            default -> throw new UnreadableSetException("scheme " + scheme.name());
        };
    }

    private static int present(@Nullable Integer value) {
        if (value == null) {
            throw new UnreadableSetException("cost missing");
        }
        return value;
    }

    @Override
    public String toString() {
        return "CodeSetJson[redacted]";
    }
}
