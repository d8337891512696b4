package io.github.backupcodes.credential.model;

import io.github.backupcodes.code.Argon2id;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.code.KeyedHash;
import io.github.backupcodes.code.Pbkdf2;
import io.github.backupcodes.code.SlowHash;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes a hash scheme as it is stored with a set. */
final class HashSchemeJson {

    /** The format of an unknown name that an error may quote: any other text may be a misplaced secret. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9+-]{1,32}");

    private static final int MAX_KEY_ID_LENGTH = 255;

    private HashSchemeJson() {}

    /** Converts a scheme to its stored form. */
    static CodeSetCredentialData.Scheme write(HashScheme scheme) {
        if (scheme instanceof KeyedHash keyed) {
            return keyed.slow() == null
                    // its cost is one HMAC
                    ? new CodeSetCredentialData.Scheme(scheme.id(), 1, null, null, keyed.keyId())
                    : write(keyed.slow(), scheme.id(), keyed.keyId());
        }
        return write((SlowHash) scheme, scheme.id(), null);
    }

    private static CodeSetCredentialData.Scheme write(SlowHash slow, String name, @Nullable String key) {
        if (slow instanceof Argon2id argon2id) {
            return new CodeSetCredentialData.Scheme(
                    name, argon2id.iterations(), argon2id.memoryKib(), argon2id.parallelism(), key);
        }
        return new CodeSetCredentialData.Scheme(name, ((Pbkdf2) slow).iterations(), null, null, key);
    }

    /**
     * Reads a scheme.
     *
     * @param name the name of the field that contains it
     * @param bits the strength of the codes that were hashed with it
     * @throws UnreadableCodeSetException if this server does not have it, or if it is too cheap for such codes
     */
    static HashScheme read(String name, CodeSetCredentialData.Scheme stored, double bits) {
        HashScheme scheme = read(name, stored);
        if (!scheme.suits(bits)) {
            throw new UnreadableCodeSetException(
                    "%s: the cost of %s is too low for codes of %.1f bits".formatted(name, scheme.id(), bits));
        }
        return scheme;
    }

    private static HashScheme read(String field, CodeSetCredentialData.Scheme scheme) {
        String name = scheme.name();
        if (name.equals(KeyedHash.ID)) {
            return new KeyedHash(key(field, scheme), null);
        }
        return name.startsWith(KeyedHash.BEFORE)
                ? new KeyedHash(key(field, scheme), slow(field, name.substring(KeyedHash.BEFORE.length()), scheme))
                : slow(field, name, scheme);
    }

    private static SlowHash slow(String field, String name, CodeSetCredentialData.Scheme scheme) {
        return switch (name) {
            case Argon2id.ID -> argon2id(field, scheme);
            case Pbkdf2.ID -> new Pbkdf2(scheme.iterations());
            default ->
                throw new UnreadableCodeSetException("%s: %s"
                        .formatted(
                                field,
                                NAME.matcher(name).matches() ? "unknown hash scheme " + name : "unknown hash scheme"));
        };
    }

    private static Argon2id argon2id(String field, CodeSetCredentialData.Scheme scheme) {
        if (!Argon2id.isAvailable()) {
            throw new UnreadableCodeSetException(field + ": this server has no Argon2, with which they were hashed");
        }
        return new Argon2id(
                present(field, scheme.memoryKib()), scheme.iterations(), present(field, scheme.parallelism()));
    }

    /** An invalid id is treated as a missing key later, but its length is limited here. */
    private static String key(String field, CodeSetCredentialData.Scheme scheme) {
        String key = present(field, scheme.key());
        if (key.length() > MAX_KEY_ID_LENGTH) {
            throw new UnreadableCodeSetException(field + ": invalid key id");
        }
        return key;
    }

    private static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new UnreadableCodeSetException(field + ": cost or key is missing");
        }
        return value;
    }
}
