package io.github.backupcodes.code;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How much a second factor protects, in rising order. A sign-in has the rank of the best factor that was used in it. */
public enum FactorRank {
    /** The password alone. */
    NONE,

    /** Codes by e-mail: they are only as safe as the mailbox (NIST SP 800-63B-4, 3.1.3.1). */
    WEAK,

    /** Codes by text message: a number can be taken over (NIST SP 800-63B-4, 3.1.3.3). */
    RESTRICTED,

    /** Everything else: security keys, passkeys, authenticator apps. */
    STRONG;

    /** The rank as it is stored. */
    public String storedValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a rank by its stored value; empty if this version does not know it. */
    public static Optional<FactorRank> ofStored(String value) {
        return Stream.of(values())
                .filter(rank -> rank.storedValue().equals(value))
                .findFirst();
    }

    /** The highest of some ranks; none if there are none. */
    public static FactorRank highest(Stream<FactorRank> ranks) {
        return ranks.max(Comparator.naturalOrder()).orElse(NONE);
    }

    /** Whether this rank is lower than another. */
    public boolean isBelow(FactorRank other) {
        return compareTo(other) < 0;
    }

    /** The lower of both ranks. */
    public FactorRank orLower(FactorRank other) {
        return other.isBelow(this) ? other : this;
    }

    /** The higher of both ranks. */
    public FactorRank orHigher(FactorRank other) {
        return isBelow(other) ? other : this;
    }
}
