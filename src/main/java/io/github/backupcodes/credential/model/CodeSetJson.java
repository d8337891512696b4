package io.github.backupcodes.credential.model;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.FactorRank;
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
 * Value object: a set as the two JSON texts of a Keycloak credential.
 *
 * @param publicData text for {@code CREDENTIAL_DATA}, see {@link CodeSetCredentialData}
 * @param secretData text for {@code SECRET_DATA}, see {@link CodeSetSecretData}
 */
public record CodeSetJson(String publicData, String secretData) {

    /** The version that is written. Readers reject other versions, but accept additional fields. */
    static final int VERSION = 1;

    /** Writes a set whose credential has no label of ours. */
    public static CodeSetJson write(CodeSet set) {
        return write(set, null);
    }

    /** Writes a set, and the label that this extension gives its credential; null for none. */
    static CodeSetJson write(CodeSet set, @Nullable String label) {
        List<CodeSetCredentialData.Use> uses = new ArrayList<>();
        for (int i = 0; i < set.codes().size(); i++) {
            int position = i;
            set.codes()
                    .get(i)
                    .used()
                    .ifPresent(use -> uses.add(
                            new CodeSetCredentialData.Use(position, use.at().toString(), use.address(), position + 1)));
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
                set.remindedAt() == null ? null : set.remindedAt().toString(),
                set.rank() == FactorRank.STRONG ? null : set.rank().storedValue(),
                label);
        CodeSetSecretData secretData =
                new CodeSetSecretData(VERSION, base64(set.salt().bytes()), base64(hashes), replaced(set.replaced()));
        try {
            return new CodeSetJson(
                    JsonSerialization.writeValueAsString(publicData), JsonSerialization.writeValueAsString(secretData));
        } catch (IOException e) {
            throw new IllegalStateException("Failed to write records as JSON", e);
        }
    }

    /**
     * A copy with the fields that a later version added to the stored form of this set.
     *
     * @param stored the stored form
     */
    CodeSetJson keeping(CodeSetJson stored) {
        return new CodeSetJson(
                UnknownJsonFields.mergeUnknownFields(CodeSetCredentialData.class, stored.publicData, publicData),
                UnknownJsonFields.mergeUnknownFields(CodeSetSecretData.class, stored.secretData, secretData));
    }

    /**
     * Reads the set.
     *
     * @throws UnreadableCodeSetException if this is not a set that this version can read
     */
    public CodeSet read() {
        return CodeSetJsonReader.read(publicData, secretData);
    }

    /** The label that this extension gave the credential; null if it gave none, or if the data is unreadable. */
    @Nullable String label() {
        try {
            return CredentialJson.object(CredentialJson.PUBLIC, publicData, CodeSetCredentialData.class)
                    .label();
        } catch (UnreadableCodeSetException e) {
            return null;
        }
    }

    /**
     * Reads a set that is not stored yet, including the replaced codes.
     *
     * @throws UnreadableCodeSetException if this is not a set that this version can read
     */
    CodeSet readAll() {
        return CodeSetJsonReader.readAll(publicData, secretData);
    }

    private static CodeSetCredentialData.Format format(CodeFormat format) {
        return new CodeSetCredentialData.Format(format.alphabet().name().toLowerCase(Locale.ROOT), format.length());
    }

    private static CodeSetCredentialData.@Nullable WrongCodes guesses(FailedAttempts failedAttempts) {
        if (failedAttempts.equals(FailedAttempts.NONE)) {
            return null;
        }
        Instant until = failedAttempts.pausedUntil();
        Integer replays = failedAttempts.replays() == 0 ? null : failedAttempts.replays();
        return new CodeSetCredentialData.WrongCodes(
                failedAttempts.consecutive(), replays, until == null ? null : until.toString());
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
