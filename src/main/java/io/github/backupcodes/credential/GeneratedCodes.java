package io.github.backupcodes.credential;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.policy.BackupCodesPolicy;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** New codes in plain text, for as long as it takes to hash and to show them. */
public record GeneratedCodes(List<BackupCode> codes, BackupCodesPolicy policy, Salt salt) {

    public static GeneratedCodes draw(BackupCodesPolicy policy, SecureRandom random) {
        return new GeneratedCodes(
                new CodeGenerator(random).generate(policy.format(), policy.codeCount()), policy, Salt.random(random));
    }

    /** Hashes them into the set that is stored, with one slow hash for each code. */
    public CodeSet hash(HashKeySource keys) {
        Instant now = Instant.now();
        return CodeSet.of(
                        codes, policy.format(), policy.schemeFor(policy.format(), policy.codeCount()), salt, now, keys)
                .expiringAt(policy.endOfSetMadeAt(now));
    }
}
