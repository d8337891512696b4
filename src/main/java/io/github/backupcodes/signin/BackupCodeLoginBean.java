package io.github.backupcodes.signin;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;

/** What the page for typing a code knows of it. Public, with getters: FreeMarker reads it. */
public final class BackupCodeLoginBean {

    private final CodeFormat format;

    BackupCodeLoginBean(CodeFormat format) {
        this.format = format;
    }

    /** How many symbols a code has. */
    public int getLength() {
        return format.length();
    }

    /** Whether the symbols are digits. */
    public boolean isDigits() {
        return format.alphabet() == Alphabet.DIGITS;
    }
}
