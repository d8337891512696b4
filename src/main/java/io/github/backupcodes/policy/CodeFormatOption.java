package io.github.backupcodes.policy;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import java.util.stream.IntStream;

/** What new codes are made of. */
enum CodeFormatOption implements EnumSetting.Choice {
    /** Letters and digits with a check character. */
    BASE32,

    /** Digits only: shorter on a phone's keypad, and weaker. */
    DIGITS;

    @Override
    public String configValue() {
        return this == BASE32 ? "base32" : "digits";
    }

    Alphabet alphabet() {
        return this == BASE32 ? Alphabet.BASE32 : Alphabet.DIGITS;
    }

    /**
     * How many symbols a code may have depends on what they are, and on how many codes there are: any of them opens.
     *
     * @param count how many codes a set has
     */
    NumberSetting length(int count) {
        NumberSetting length = this == BASE32 ? BackupCodesSettings.BASE32_LENGTH : BackupCodesSettings.DIGITS_LENGTH;
        return length.from(leastLength(CodeFormat.LEAST_BITS, count));
    }

    /** The shortest length with which a set of so many codes has so many bits. */
    int leastLength(double bits, int count) {
        NumberSetting length = this == BASE32 ? BackupCodesSettings.BASE32_LENGTH : BackupCodesSettings.DIGITS_LENGTH;
        return IntStream.rangeClosed(length.min(), length.max())
                .filter(symbols -> new CodeFormat(alphabet(), symbols).bits(count) >= bits)
                .findFirst()
                .orElse(length.max());
    }
}
