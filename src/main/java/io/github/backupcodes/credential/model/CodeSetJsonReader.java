package io.github.backupcodes.credential.model;

import static io.github.backupcodes.credential.model.CredentialJson.PUBLIC;
import static io.github.backupcodes.credential.model.CredentialJson.SECRET;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.code.ReplacedCodes;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.code.StoredCode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what {@link CodeSetJson} writes, within bounds: it may come from anybody who may write users. */
final class CodeSetJsonReader {

    /** The longest address there is, of IPv6 with one of IPv4 in it. Earlier versions have kept whatever a proxy let through. */
    private static final int LONGEST_ADDRESS = 45;

    private final CodeSetCredentialData open;
    private final CodeSetSecretData secret;

    private CodeSetJsonReader(CodeSetCredentialData open, CodeSetSecretData secret) {
        this.open = open;
        this.secret = secret;
    }

    /**
     * Reads a set. What is kept of the one before only serves to tell its codes from guesses: where it cannot be read it is passed
     * over, for it shall not take the codes of now from their user.
     *
     * @throws UnreadableCodeSetException when this is not a set that this version can read
     */
    static CodeSet read(@Nullable String publicData, @Nullable String secretData) {
        CodeSetJsonReader reader = of(publicData, secretData);
        return reader.set(reader.readableReplaced());
    }

    /**
     * Reads a set that is not stored yet: nothing is passed over.
     *
     * @throws UnreadableCodeSetException when this is not a set that this version can read
     */
    static CodeSet readAll(@Nullable String publicData, @Nullable String secretData) {
        CodeSetJsonReader reader = of(publicData, secretData);
        return reader.set(reader.replaced());
    }

    private static CodeSetJsonReader of(@Nullable String publicData, @Nullable String secretData) {
        CodeSetCredentialData open = CredentialJson.object(PUBLIC, publicData, CodeSetCredentialData.class);
        CodeSetSecretData secret = CredentialJson.object(SECRET, secretData, CodeSetSecretData.class);
        if (open.version() != CodeSetJson.VERSION || secret.version() != CodeSetJson.VERSION) {
            throw new UnreadableCodeSetException("unknown version %d/%d".formatted(open.version(), secret.version()));
        }
        return new CodeSetJsonReader(open, secret);
    }

    private CodeSet set(@Nullable ReplacedCodes replaced) {
        CodeFormat format = CredentialJson.field(PUBLIC + ".format", () -> format(open.format()));
        List<CodeHash> hashes = CredentialJson.field(SECRET + ".hashes", () -> hashes(secret.hashes()));
        CredentialJson.require(PUBLIC + ".total", open.total() == hashes.size());
        return new CodeSet(
                format,
                scheme(PUBLIC + ".scheme", open.scheme(), format),
                CredentialJson.field(SECRET + ".salt", () -> salt(secret.salt())),
                CredentialJson.field(PUBLIC + ".createdAt", () -> CredentialJson.moment(open.createdAt())),
                CredentialJson.optional(PUBLIC + ".expiresAt", open.expiresAt(), CredentialJson::moment),
                CredentialJson.field(PUBLIC + ".uses", () -> codes(hashes, open.uses())),
                guesses(open.guesses()),
                replaced,
                CredentialJson.optional(PUBLIC + ".remindedAt", open.remindedAt(), CredentialJson::moment));
    }

    private static FailedAttempts guesses(CodeSetCredentialData.@Nullable WrongCodes guesses) {
        return guesses == null
                ? FailedAttempts.NONE
                : new FailedAttempts(
                        CredentialJson.failures(PUBLIC + ".guesses.inARow", guesses.inARow()),
                        CredentialJson.replays(PUBLIC + ".guesses.replays", guesses.replays()),
                        CredentialJson.optional(
                                PUBLIC + ".guesses.pausedUntil", guesses.pausedUntil(), CredentialJson::moment));
    }

    private static List<StoredCode> codes(List<CodeHash> hashes, List<CodeSetCredentialData.Use> uses) {
        List<StoredCode> codes =
                new ArrayList<>(hashes.stream().map(StoredCode::unused).toList());
        for (CodeSetCredentialData.Use use : uses) {
            StoredCode code = codes.get(use.code());
            if (!code.isUnused()) {
                throw new IllegalArgumentException("A code is listed as used more than once");
            }
            CodeUse used = new CodeUse(CredentialJson.moment(use.at()), address(use.address()));
            codes.set(use.code(), new StoredCode(code.hash(), used));
        }
        return codes;
    }

    private static String address(@Nullable String stored) {
        return stored == null || stored.length() > LONGEST_ADDRESS ? "" : stored;
    }

    private @Nullable ReplacedCodes readableReplaced() {
        try {
            return replaced();
        } catch (UnreadableCodeSetException e) {
            return null;
        }
    }

    private @Nullable ReplacedCodes replaced() {
        return CredentialJson.optional(SECRET + ".replaced", secret.replaced(), CodeSetJsonReader::replaced);
    }

    private static ReplacedCodes replaced(CodeSetSecretData.Replaced codes) {
        CodeFormat format = format(codes.format());
        return new ReplacedCodes(
                format,
                scheme(SECRET + ".replaced.scheme", codes.scheme(), format),
                salt(codes.salt()),
                hashes(codes.hashes()));
    }

    /** Stored sets are judged by one of their codes, as earlier versions judged new ones. */
    private static HashScheme scheme(String name, CodeSetCredentialData.Scheme stored, CodeFormat format) {
        return CredentialJson.field(name, () -> HashSchemeJson.read(name, stored, format.bits()));
    }

    private static CodeFormat format(CodeSetCredentialData.Format format) {
        return new CodeFormat(Alphabet.valueOf(format.alphabet().toUpperCase(Locale.ROOT)), format.length());
    }

    private static Salt salt(String base64) {
        return new Salt(Base64.getDecoder().decode(base64));
    }

    private static List<CodeHash> hashes(List<String> base64) {
        if (base64.isEmpty() || base64.size() > CodeSet.MOST_CODES) {
            throw new IllegalArgumentException("A set must have 1 to %d codes".formatted(CodeSet.MOST_CODES));
        }
        return base64.stream()
                .map(hash -> new CodeHash(Base64.getDecoder().decode(hash)))
                .toList();
    }
}
