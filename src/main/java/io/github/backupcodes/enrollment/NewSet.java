package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.HashKeys;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.policy.Policy;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** New codes in plain text, for as long as it takes to hash and to show them. */
record NewSet(List<BackupCode> codes, Policy policy, Salt salt) {

    static NewSet draw(Policy policy, SecureRandom random) {
        return new NewSet(
                new CodeGenerator(random).generate(policy.format(), policy.codeCount()), policy, Salt.random(random));
    }

    /** What is kept of them. As many slow hashes as there are codes. */
    CodeSet hash(HashKeys keys) {
        Instant now = Instant.now();
        return CodeSet.of(
                        codes, policy.format(), policy.schemeFor(policy.format(), policy.codeCount()), salt, now, keys)
                .expiringAt(policy.endOfSetMadeAt(now));
    }
}
