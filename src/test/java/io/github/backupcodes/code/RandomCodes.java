package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Formats, codes and sets for the tests. */
final class RandomCodes {

    /** The least that Argon2 takes: as quick as a plain hash. */
    static final HashScheme QUICK = new Argon2id(8, 1, 1);

    static final Salt SALT = new Salt(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});

    static final Instant CREATED = Instant.parse("2026-11-22T10:15:30Z");

    private RandomCodes() {}

    static CodeSet set(List<BackupCode> plain) {
        return CodeSet.of(plain, CodeFormat.DEFAULT, QUICK, SALT, CREATED, HashKeySource.NONE);
    }

    static CodeUse use(int second) {
        return new CodeUse(CREATED.plusSeconds(second), "192.0.2.1");
    }

    /** The set after an attempt with that outcome. */
    static CodeSet after(RedeemResult.Outcome outcome, RedeemResult result) {
        assertThat(result.outcome()).isEqualTo(outcome);
        return result.set();
    }

    /** Ten codes of the default format. */
    static List<BackupCode> ten() {
        return new CodeGenerator(SeededRandom.of(10)).generate(CodeFormat.DEFAULT, 10);
    }

    /** Every format there is. */
    static Arbitrary<CodeFormat> formats() {
        return Arbitraries.oneOf(
                base32Formats(),
                Arbitraries.integers()
                        .between(CodeFormat.MIN_DIGITS, CodeFormat.MAX_DIGITS)
                        .map(length -> new CodeFormat(Alphabet.DIGITS, length)));
    }

    static Arbitrary<CodeFormat> base32Formats() {
        return Arbitraries.integers()
                .between(CodeFormat.MIN_BASE32, CodeFormat.MAX_BASE32)
                .map(length -> new CodeFormat(Alphabet.BASE32, length));
    }

    /** What the generator draws in a format. */
    static Arbitrary<BackupCode> codes(CodeFormat format) {
        return Arbitraries.longs().map(seed -> new CodeGenerator(SeededRandom.of(seed))
                .generate(format, 1)
                .get(0));
    }
}
