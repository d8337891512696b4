package io.github.backupcodes.credential;

import com.fasterxml.jackson.databind.JsonMappingException;
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
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * Reads what {@link CodeSetJson} writes. Whoever brings something else, as with an import, is told the name of the field at
 * fault; never what is in it, for it may be a secret.
 */
final class CodeSetReader {

    private static final String PUBLIC = "credentialData";
    private static final String SECRET = "secretData";

    private final PublicData open;
    private final SecretData secret;

    private CodeSetReader(PublicData open, SecretData secret) {
        this.open = open;
        this.secret = secret;
    }

    /**
     * Reads a set.
     *
     * @throws UnreadableSetException when this is not a set that this version can read
     */
    static CodeSet read(@Nullable String publicData, @Nullable String secretData) {
        PublicData open = json(PUBLIC, publicData, PublicData.class);
        SecretData secret = json(SECRET, secretData, SecretData.class);
        if (open.version() != CodeSetJson.VERSION || secret.version() != CodeSetJson.VERSION) {
            throw new UnreadableSetException("version %d/%d".formatted(open.version(), secret.version()));
        }
        return new CodeSetReader(open, secret).set();
    }

    private CodeSet set() {
        CodeFormat format = field(PUBLIC + ".format", () -> format(open.format()));
        List<CodeHash> hashes = field(SECRET + ".hashes", () -> hashes(secret.hashes()));
        return new CodeSet(
                format,
                field(PUBLIC + ".scheme", () -> SchemeJson.read(open.scheme(), format)),
                field(SECRET + ".salt", () -> salt(secret.salt())),
                field(PUBLIC + ".createdAt", () -> Instant.parse(open.createdAt())),
                optional(PUBLIC + ".expiresAt", open.expiresAt(), Instant::parse),
                field(PUBLIC + ".uses", () -> codes(hashes, open.uses())),
                guesses(open.guesses()),
                optional(SECRET + ".replaced", secret.replaced(), CodeSetReader::replaced),
                optional(PUBLIC + ".remindedAt", open.remindedAt(), Instant::parse));
    }

    private static Guesses guesses(PublicData.@Nullable WrongCodes guesses) {
        return guesses == null
                ? Guesses.NONE
                : new Guesses(
                        guesses.inARow(),
                        Objects.requireNonNullElse(guesses.replays(), 0),
                        optional(PUBLIC + ".guesses.pausedUntil", guesses.pausedUntil(), Instant::parse));
    }

    private static List<StoredCode> codes(List<CodeHash> hashes, List<PublicData.Use> uses) {
        List<StoredCode> codes =
                new ArrayList<>(hashes.stream().map(StoredCode::unused).toList());
        for (PublicData.Use use : uses) {
            CodeUse used = new CodeUse(Instant.parse(use.at()), use.address());
            codes.set(use.code(), new StoredCode(hashes.get(use.code()), used));
        }
        return codes;
    }

    private static ReplacedCodes replaced(SecretData.Replaced codes) {
        CodeFormat format = format(codes.format());
        return new ReplacedCodes(
                format, SchemeJson.read(codes.scheme(), format), salt(codes.salt()), hashes(codes.hashes()));
    }

    private static CodeFormat format(PublicData.Format format) {
        return new CodeFormat(Alphabet.valueOf(format.alphabet().toUpperCase(Locale.ROOT)), format.length());
    }

    private static Salt salt(String base64) {
        return new Salt(Base64.getDecoder().decode(base64));
    }

    private static List<CodeHash> hashes(List<String> base64) {
        return base64.stream()
                .map(hash -> new CodeHash(Base64.getDecoder().decode(hash)))
                .toList();
    }

    private static <T> T json(String name, @Nullable String text, Class<T> form) {
        try {
            return Objects.requireNonNull(JsonSerialization.readValue(Objects.requireNonNull(text), form));
        } catch (JsonMappingException e) {
            throw wrong(name + path(e));
        } catch (IOException | RuntimeException e) {
            throw wrong(name);
        }
    }

    /** The names of fields on the way to what Jackson could not read. */
    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .map("."::concat)
                .collect(Collectors.joining());
    }

    private static <S, T> @Nullable T optional(String name, @Nullable S stored, Function<S, T> read) {
        return stored == null ? null : field(name, () -> read.apply(stored));
    }

    private static <T> T field(String name, Supplier<T> read) {
        try {
            return read.get();
        } catch (UnreadableSetException e) {
            throw e;
        } catch (RuntimeException e) {
            // it may quote the data, so it is not kept
            throw wrong(name);
        }
    }

    private static UnreadableSetException wrong(String name) {
        return new UnreadableSetException(name + " is missing or not as it should be");
    }
}
