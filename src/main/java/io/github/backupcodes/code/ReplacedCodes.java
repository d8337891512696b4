package io.github.backupcodes.code;

import java.util.List;

/**
 * What is kept of the set before the present one: enough to tell somebody that a code is from an older set. None of it
 * can be used any more.
 *
 * @param format how the codes looked
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
     * Whether the code was one of them. Costs one slow hash.
     *
     * @throws HashKeyMissingException when the key is not there that they were hashed with
     */
    public boolean contains(BackupCode code, HashKeySource keys) {
        return code.symbols().length() == format.length() && hashes.contains(scheme.hash(code, salt, keys));
    }
}
