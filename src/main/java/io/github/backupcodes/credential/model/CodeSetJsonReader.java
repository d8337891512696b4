package io.github.backupcodes.credential.model;

import static io.github.backupcodes.credential.model.CredentialJson.PUBLIC;
import static io.github.backupcodes.credential.model.CredentialJson.SECRET;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.FactorRank;
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

/** Reads what {@link CodeSetJson} writes, within limits: anyone who may edit users can write it. */
final class CodeSetJsonReader {

    /**
     * The length of the longest address, IPv6 with an embedded IPv4 address. Earlier versions stored whatever a proxy
     * passed on.
     */
    private static final int MAX_ADDRESS_LENGTH = 45;

    private final CodeSetCredentialData credentialData;
    private final CodeSetSecretData secret;

    private CodeSetJsonReader(CodeSetCredentialData credentialData, CodeSetSecretData secret) {
        this.credentialData = credentialData;
        this.secret = secret;
    }

    /**
     * Reads a set. The replaced codes only serve to tell old codes from guesses: if they are unreadable, they are
     * ignored, so that the user's current codes remain usable.
     *
     * @throws UnreadableCodeSetException if this is not a set that this version can read
     */
    static CodeSet read(@Nullable String publicData, @Nullable String secretData) {
        CodeSetJsonReader reader = of(publicData, secretData);
        return reader.set(reader.readableReplaced());
    }

    /**
     * Reads a set that is not stored yet: nothing is ignored.
     *
     * @throws UnreadableCodeSetException if this is not a set that this version can read
     */
    static CodeSet readAll(@Nullable String publicData, @Nullable String secretData) {
        CodeSetJsonReader reader = of(publicData, secretData);
        return reader.set(reader.replaced());
    }

    private static CodeSetJsonReader of(@Nullable String publicData, @Nullable String secretData) {
        CodeSetCredentialData credentialData = CredentialJson.object(PUBLIC, publicData, CodeSetCredentialData.class);
        CodeSetSecretData secret = CredentialJson.object(SECRET, secretData, CodeSetSecretData.class);
        if (credentialData.version() != CodeSetJson.VERSION || secret.version() != CodeSetJson.VERSION) {
            throw new UnreadableCodeSetException(
                    "unknown version %d/%d".formatted(credentialData.version(), secret.version()));
        }
        return new CodeSetJsonReader(credentialData, secret);
    }

    private CodeSet set(@Nullable ReplacedCodes replaced) {
        CodeFormat format = CredentialJson.field(PUBLIC + ".format", () -> format(credentialData.format()));
        List<CodeHash> hashes = CredentialJson.field(SECRET + ".hashes", () -> hashes(secret.hashes()));
        CredentialJson.require(PUBLIC + ".total", credentialData.total() == hashes.size());
        return new CodeSet(
                format,
                scheme(PUBLIC + ".scheme", credentialData.scheme(), format),
                CredentialJson.field(SECRET + ".salt", () -> salt(secret.salt())),
                CredentialJson.field(PUBLIC + ".createdAt", () -> CredentialJson.moment(credentialData.createdAt())),
                CredentialJson.optional(PUBLIC + ".expiresAt", credentialData.expiresAt(), CredentialJson::moment),
                CredentialJson.field(PUBLIC + ".uses", () -> codes(hashes, credentialData.uses())),
                guesses(credentialData.guesses()),
                replaced,
                CredentialJson.optional(PUBLIC + ".remindedAt", credentialData.remindedAt(), CredentialJson::moment),
                rank(credentialData.rank()));
    }

    /** A rank that only a later version knows must not make the codes worth more than they are. */
    private static FactorRank rank(@Nullable String stored) {
        return stored == null ? FactorRank.STRONG : FactorRank.ofStored(stored).orElse(FactorRank.WEAK);
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
        return stored == null || stored.length() > MAX_ADDRESS_LENGTH ? "" : stored;
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

    /** Stored sets are judged by the bits of one code, because earlier versions judged new ones that way. */
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
