package io.github.backupcodes.code;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value object: a stored code, that is its hash and its use. Used codes stay until the set is replaced, so that a
 * replay can be told apart from a guess.
 *
 * @param hash the hash
 * @param use  when and from where it was used; null while it can still be used
 */
public record StoredCode(CodeHash hash, @Nullable CodeUse use) {

    /** Creates an unused code. */
    public static StoredCode unused(CodeHash hash) {
        return new StoredCode(hash, null);
    }

    /** Whether the code can still be used. */
    public boolean isUnused() {
        return use == null;
    }

    /** The use; empty if it is unused. */
    public Optional<CodeUse> used() {
        return Optional.ofNullable(use);
    }
}
