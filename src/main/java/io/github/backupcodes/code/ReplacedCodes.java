package io.github.backupcodes.code;

import java.util.List;

/**
 * Value object: what is kept of the previous set, so that users can be shown that a code is from an older set. None of
 * its codes can be used.
 *
 * @param format the format of the codes
 * @param scheme how they were hashed
 * @param salt   their salt
 * @param hashes their hashes
 */
public record ReplacedCodes(CodeFormat format, HashScheme scheme, Salt salt, List<CodeHash> hashes) {

    /** Copies the list. */
    public ReplacedCodes {
        hashes = List.copyOf(hashes);
    }

    /**
     * Whether the code is one of them. Computes one slow hash.
     *
     * @throws HashKeyMissingException if the key that they were hashed with is missing
     */
    public boolean contains(BackupCode code, HashKeySource keys) {
        return code.symbols().length() == format.length() && hashes.contains(scheme.hash(code, salt, keys));
    }
}
