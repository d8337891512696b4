package io.github.backupcodes.credential.model;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.code.ReplacedCodes;
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
 * @param publicData text for {@code CREDENTIAL_DATA}, see {@link CodeSetCredentialData}
 * @param secretData text for {@code SECRET_DATA}, see {@link CodeSetSecretData}
 */
public record CodeSetJson(String publicData, String secretData) {

    /** The version that is written. A reader refuses what is newer in kind, not what merely has more fields. */
    static final int VERSION = 1;

    /** Writes a set. */
    public static CodeSetJson write(CodeSet set) {
        List<CodeSetCredentialData.Use> uses = new ArrayList<>();
        for (int i = 0; i < set.codes().size(); i++) {
            int position = i;
            set.codes()
                    .get(i)
                    .used()
                    .ifPresent(use -> uses.add(
                            new CodeSetCredentialData.Use(position, use.at().toString(), use.address())));
        }
        List<CodeHash> hashes = set.codes().stream().map(StoredCode::hash).toList();
        CodeSetCredentialData publicData = new CodeSetCredentialData(
                VERSION,
                set.createdAt().toString(),
                set.expiresAt() == null ? null : set.expiresAt().toString(),
                format(set.format()),
                HashSchemeJson.write(set.scheme()),
                set.total(),
                uses,
                guesses(set.failedAttempts()),
                set.remindedAt() == null ? null : set.remindedAt().toString());
        CodeSetSecretData secretData =
                new CodeSetSecretData(VERSION, base64(set.salt().bytes()), base64(hashes), replaced(set.replaced()));
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
                UnknownJsonFields.mergeUnknownFields(CodeSetCredentialData.class, before.publicData, publicData),
                UnknownJsonFields.mergeUnknownFields(CodeSetSecretData.class, before.secretData, secretData));
    }

    /**
     * Reads the set.
     *
     * @throws UnreadableCodeSetException when this is not a set that this version can read
     */
    public CodeSet read() {
        return CodeSetJsonReader.read(publicData, secretData);
    }

    /**
     * Reads a set that is not stored yet, with all that is in it.
     *
     * @throws UnreadableCodeSetException when this is not a set that this version can read
     */
    CodeSet readAll() {
        return CodeSetJsonReader.readAll(publicData, secretData);
    }

    private static CodeSetCredentialData.Format format(CodeFormat format) {
        return new CodeSetCredentialData.Format(format.alphabet().name().toLowerCase(Locale.ROOT), format.length());
    }

    private static CodeSetCredentialData.@Nullable WrongCodes guesses(FailedAttempts guesses) {
        if (guesses.equals(FailedAttempts.NONE)) {
            return null;
        }
        Instant until = guesses.pausedUntil();
        Integer replays = guesses.replays() == 0 ? null : guesses.replays();
        return new CodeSetCredentialData.WrongCodes(
                guesses.consecutive(), replays, until == null ? null : until.toString());
    }

    private static CodeSetSecretData.@Nullable Replaced replaced(@Nullable ReplacedCodes codes) {
        return codes == null
                ? null
                : new CodeSetSecretData.Replaced(
                        format(codes.format()),
                        HashSchemeJson.write(codes.scheme()),
                        base64(codes.salt().bytes()),
                        base64(codes.hashes()));
    }

    private static List<String> base64(List<CodeHash> hashes) {
        return hashes.stream().map(hash -> base64(hash.bytes())).toList();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "CodeSetJson[redacted]";
    }
}
