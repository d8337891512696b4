package io.github.backupcodes.credential;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.policy.BackupCodesPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * New codes in plain text, kept only until they are hashed and shown.
 *
 * @param codes     the codes
 * @param format    their format
 * @param scheme    how they are hashed
 * @param salt      the salt of the set
 * @param createdAt when they were generated
 * @param expiresAt when they stop working; null for never
 */
public record GeneratedCodes(
        List<BackupCode> codes,
        CodeFormat format,
        HashScheme scheme,
        Salt salt,
        Instant createdAt,
        @Nullable Instant expiresAt) {

    /** Generates the codes of a set by the policy of the realm. */
    public static GeneratedCodes ofSet(BackupCodesPolicy policy, SecureRandom random) {
        CodeFormat format = policy.format();
        Instant now = Instant.now();
        return new GeneratedCodes(
                new CodeGenerator(random).generate(format, policy.codeCount()),
                format,
                policy.schemeFor(format, policy.codeCount()),
                Salt.random(random),
                now,
                policy.endOfSetMadeAt(now));
    }

    /**
     * Generates a temporary code.
     *
     * @param lifespan how long it works, from the current second on
     */
    public static GeneratedCodes temporary(
            CodeFormat format, HashScheme scheme, Duration lifespan, SecureRandom random) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new GeneratedCodes(
                new CodeGenerator(random).generate(format, 1),
                format,
                scheme,
                Salt.random(random),
                now,
                now.plus(lifespan));
    }

    /** The set to store. Costs one slow hash for each code. */
    public CodeSet hash(HashKeySource keys) {
        return CodeSet.of(codes, format, scheme, salt, createdAt, keys).expiringAt(expiresAt);
    }
}
