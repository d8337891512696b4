package io.github.backupcodes.policy;

import io.github.backupcodes.code.Alphabet;

/** What new codes are made of. */
enum SymbolChoice implements Choice {
    /** Letters and digits with a check character. */
    BASE32,

    /** Digits only: shorter on a phone's keypad, and weaker. */
    DIGITS;

    @Override
    public String word() {
        return this == BASE32 ? "base32" : "digits";
    }

    Alphabet alphabet() {
        return this == BASE32 ? Alphabet.BASE32 : Alphabet.DIGITS;
    }

    /** How many symbols a code may have depends on what they are. */
    NumberSetting length() {
        return this == BASE32 ? Settings.BASE32_LENGTH : Settings.DIGITS_LENGTH;
    }
}
