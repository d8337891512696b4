package io.github.backupcodes.code;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The backup codes of a user as they are kept: hashes under one salt, each used at most once. Immutable.
 *
 * @param format    how the codes look
 * @param scheme    how they are hashed
 * @param salt      the salt that all of them share
 * @param createdAt when they were made
 * @param codes     the codes in the order shown to the user
 */
public record CodeSet(CodeFormat format, HashScheme scheme, Salt salt, Instant createdAt, List<StoredCode> codes) {

    /** Copies the list. */
    public CodeSet {
        codes = List.copyOf(codes);
    }

    /** Hashes new codes into a set: as many slow hashes as there are codes. */
    public static CodeSet of(
            List<BackupCode> plain, CodeFormat format, HashScheme scheme, Salt salt, Instant createdAt) {
        return new CodeSet(
                format,
                scheme,
                salt,
                createdAt,
                plain.stream()
                        .map(code -> StoredCode.unused(scheme.hash(code, salt)))
                        .toList());
    }

    /** How many codes the set had when it was made. */
    public int total() {
        return codes.size();
    }

    /** How many codes can still be used. */
    public int remaining() {
        return (int) codes.stream().filter(StoredCode::isUnused).count();
    }

    /** When a code was last used. */
    public Optional<Instant> lastUsedAt() {
        return codes.stream()
                .flatMap(code -> code.used().stream())
                .map(CodeUse::at)
                .max(Comparator.naturalOrder());
    }

    /** The one slow hash of an attempt. */
    public CodeHash hash(BackupCode code) {
        return scheme.hash(code, salt);
    }

    /**
     * Uses up the code with this hash. All stored hashes are compared, each in constant time.
     *
     * @param hash what {@link #hash} gave for the typed code
     * @param use  when and from where
     * @return the set with that code used; or that it was used before; or that it is none of this set
     */
    public Redemption redeem(CodeHash hash, CodeUse use) {
        int match = -1;
        for (int i = 0; i < codes.size(); i++) {
            if (codes.get(i).hash().equals(hash)) {
                match = i;
            }
        }
        if (match < 0) {
            return new Redemption.Unknown();
        }
        Optional<CodeUse> earlier = codes.get(match).used();
        if (earlier.isPresent()) {
            return new Redemption.AlreadyUsed(earlier.get());
        }
        List<StoredCode> after = new ArrayList<>(codes);
        after.set(match, new StoredCode(codes.get(match).hash(), use));
        return new Redemption.Accepted(new CodeSet(format, scheme, salt, createdAt, after));
    }
}
