package io.github.backupcodes.code;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A code as it is kept: its hash, and its use if it was used. Used ones stay until the set is replaced, so that a replay
 * can be told apart from a guess.
 *
 * @param hash the hash
 * @param use  null while the code can still be used
 */
public record StoredCode(CodeHash hash, @Nullable CodeUse use) {

    /** A code that nobody has used yet. */
    public static StoredCode unused(CodeHash hash) {
        return new StoredCode(hash, null);
    }

    /** Whether the code can still be used. */
    public boolean isUnused() {
        return use == null;
    }

    /** The use, if there was one. */
    public Optional<CodeUse> used() {
        return Optional.ofNullable(use);
    }
}
