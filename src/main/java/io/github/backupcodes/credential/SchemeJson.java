package io.github.backupcodes.credential;

import io.github.backupcodes.code.Argon2id;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.code.Keyed;
import io.github.backupcodes.code.Pbkdf2;
import io.github.backupcodes.code.SlowHash;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A hash scheme as it is stored with a set. */
final class SchemeJson {

    /** What may be told of a name that is not known: anything else may be a secret in a wrong place. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9+-]{1,32}");

    private SchemeJson() {}

    /** What is stored of it. */
    static PublicData.Scheme write(HashScheme scheme) {
        if (scheme instanceof Keyed keyed) {
            return keyed.slow() == null
                    // its cost is one HMAC
                    ? new PublicData.Scheme(scheme.id(), 1, null, null, keyed.keyId())
                    : write(keyed.slow(), scheme.id(), keyed.keyId());
        }
        return write((SlowHash) scheme, scheme.id(), null);
    }

    private static PublicData.Scheme write(SlowHash slow, String name, @Nullable String key) {
        if (slow instanceof Argon2id argon2id) {
            return new PublicData.Scheme(
                    name, argon2id.iterations(), argon2id.memoryKib(), argon2id.parallelism(), key);
        }
        return new PublicData.Scheme(name, ((Pbkdf2) slow).iterations(), null, null, key);
    }

    /**
     * Reads it.
     *
     * @param format of the codes that were hashed with it
     * @throws UnreadableSetException when this server does not have it, or it is none for such codes
     */
    static HashScheme read(PublicData.Scheme stored, CodeFormat format) {
        HashScheme scheme = read(stored);
        if (!scheme.suits(format)) {
            throw new UnreadableSetException("%s alone is for codes of %.0f bits, these have %.1f"
                    .formatted(scheme.id(), HashScheme.FAST_BITS, format.bits()));
        }
        return scheme;
    }

    private static HashScheme read(PublicData.Scheme scheme) {
        String name = scheme.name();
        if (name.equals(Keyed.ID)) {
            return new Keyed(present(scheme.key()), null);
        }
        return name.startsWith(Keyed.BEFORE)
                ? new Keyed(present(scheme.key()), slow(name.substring(Keyed.BEFORE.length()), scheme))
                : slow(name, scheme);
    }

    private static SlowHash slow(String name, PublicData.Scheme scheme) {
        return switch (name) {
            case Argon2id.ID -> argon2id(scheme);
            case Pbkdf2.ID -> new Pbkdf2(scheme.iterations());
            default ->
                throw new UnreadableSetException(
                        NAME.matcher(name).matches() ? "scheme " + name : "no name of a scheme");
        };
    }

    private static Argon2id argon2id(PublicData.Scheme scheme) {
        if (!Argon2id.isAvailable()) {
            throw new UnreadableSetException("this server has no Argon2, which they were hashed with");
        }
        return new Argon2id(present(scheme.memoryKib()), scheme.iterations(), present(scheme.parallelism()));
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new UnreadableSetException("cost or key missing");
        }
        return value;
    }
}
