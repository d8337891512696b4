package io.github.backupcodes.code;

import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Generates backup codes with a {@link SecureRandom} (NIST SP 800-63B-4, 3.1.2; OWASP ASVS 5.0, 6.5.3). */
public final class CodeGenerator {

    private final SecureRandom random;

    /** Takes the source of randomness: {@code new SecureRandom()} except in tests. */
    public CodeGenerator(SecureRandom random) {
        this.random = random;
    }

    /**
     * Generates the codes of a set.
     *
     * @param format the format of the codes
     * @param count  the number of codes, at least 1 and far less than the format allows
     * @return that many codes, all different, in the order in which they were generated
     */
    public List<BackupCode> generate(CodeFormat format, int count) {
        Set<BackupCode> codes = new LinkedHashSet<>();
        while (codes.size() < count) {
            codes.add(generate(format));
        }
        return List.copyOf(codes);
    }

    private BackupCode generate(CodeFormat format) {
        Alphabet alphabet = format.alphabet();
        StringBuilder symbols = new StringBuilder(format.length());
        for (int i = 0; i < format.randomSymbols(); i++) {
            symbols.append(alphabet.symbol(random.nextInt(alphabet.size())));
        }
        if (format.hasCheckCharacter()) {
            symbols.append(LuhnMod32.checkCharacter(symbols));
        }
        return new BackupCode(symbols.toString());
    }
}
