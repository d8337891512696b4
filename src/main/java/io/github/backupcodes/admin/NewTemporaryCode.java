package io.github.backupcodes.admin;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.code.Salt;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A temporary code in plain text, for as long as it takes to hash and to answer.
 *
 * @param made      when it was drawn, to the second
 * @param expiresAt when it stops working
 */
record NewTemporaryCode(
        BackupCode code, CodeFormat format, HashScheme scheme, Salt salt, Instant made, Instant expiresAt) {

    static NewTemporaryCode draw(CodeFormat format, HashScheme scheme, Duration lifespan, SecureRandom random) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        BackupCode code = new CodeGenerator(random).generate(format, 1).get(0);
        return new NewTemporaryCode(code, format, scheme, Salt.random(random), now, now.plus(lifespan));
    }

    /** What is kept of it. One slow hash. */
    CodeSet hash(HashKeySource keys) {
        return CodeSet.of(List.of(code), format, scheme, salt, made, keys).expiringAt(expiresAt);
    }
}
