package io.github.backupcodes.code;

import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Draws backup codes from a {@link SecureRandom} (NIST SP 800-63B-4, 3.1.2; OWASP ASVS 5.0, 6.5.3). */
public final class CodeGenerator {

    private final SecureRandom random;

    /** Takes the source of randomness: {@code new SecureRandom()} but in tests. */
    public CodeGenerator(SecureRandom random) {
        this.random = random;
    }

    /**
     * Draws a set of codes.
     *
     * @param format how they look
     * @param count  how many, at least 1 and far fewer than the format has
     * @return that many codes, all different, in the order drawn
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
