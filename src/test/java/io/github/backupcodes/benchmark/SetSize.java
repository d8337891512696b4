package io.github.backupcodes.benchmark;

import io.github.backupcodes.code.Argon2id;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.code.StoredCode;
import io.github.backupcodes.credential.model.CodeSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;

/** How long the texts are in which a set of ten is stored. */
final class SetSize {

    private static final int CODES = 10;

    /** To the microsecond, as the clock of a server writes it. */
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");

    /** As long as an address of IPv4 can be. */
    private static final CodeUse USE = new CodeUse(NOW, "203.100.113.100");

    private static final CodeHash HASH = new CodeHash(new byte[CodeHash.LENGTH]);

    private SetSize() {}

    /** Bytes of a new set, and of one that has replaced another and of which all codes are used. */
    static Map<String, Double> figures() {
        CodeSet unused = set(StoredCode.unused(HASH));
        CodeSet used = set(new StoredCode(HASH, USE)).replacing(unused);
        return Map.of(ServerCapacity.SET_BYTES, bytes(unused), ServerCapacity.USED_SET_BYTES, bytes(used));
    }

    private static CodeSet set(StoredCode code) {
        return new CodeSet(
                CodeFormat.DEFAULT,
                Argon2id.STRONG_CODES,
                new Salt(new byte[Salt.LENGTH]),
                NOW,
                null,
                Collections.nCopies(CODES, code),
                FailedAttempts.NONE,
                null);
    }

    private static double bytes(CodeSet set) {
        CodeSetJson json = CodeSetJson.write(set);
        return (json.publicData() + json.secretData()).getBytes(StandardCharsets.UTF_8).length;
    }
}
