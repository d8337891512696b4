package io.github.backupcodes.policy;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import java.util.stream.IntStream;

/** The values of the setting {@code code-format}: what new codes consist of. */
enum CodeFormatOption implements EnumSetting.Choice {
    /** Letters and digits with a check character. */
    BASE32,

    /** Digits only: faster to type on a phone's keypad, and weaker. */
    DIGITS;

    @Override
    public String configValue() {
        return this == BASE32 ? "base32" : "digits";
    }

    Alphabet alphabet() {
        return this == BASE32 ? Alphabet.BASE32 : Alphabet.DIGITS;
    }

    /**
     * The setting of the length, whose minimum depends on the alphabet and on the number of codes, because any code of
     * a set is accepted.
     *
     * @param count the number of codes in a set
     */
    NumberSetting length(int count) {
        NumberSetting length = this == BASE32 ? BackupCodesSettings.BASE32_LENGTH : BackupCodesSettings.DIGITS_LENGTH;
        return length.from(minLength(CodeFormat.LEAST_BITS, count));
    }

    /** The minimum length with which a set of this many codes has this many bits; the maximum length if none does. */
    int minLength(double bits, int count) {
        NumberSetting length = this == BASE32 ? BackupCodesSettings.BASE32_LENGTH : BackupCodesSettings.DIGITS_LENGTH;
        return IntStream.rangeClosed(length.min(), length.max())
                .filter(symbols -> new CodeFormat(alphabet(), symbols).bits(count) >= bits)
                .findFirst()
                .orElse(length.max());
    }
}
