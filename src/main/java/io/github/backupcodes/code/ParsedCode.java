package io.github.backupcodes.code;

/** The result of parsing what was typed into the field for a backup code. */
public sealed interface ParsedCode {

    /** The input has the format of a code; only the stored hashes show whether it is one of the user's. */
    record WellFormed(BackupCode code) implements ParsedCode {}

    /** The input cannot be a code of this format. */
    enum Mistyped implements ParsedCode {
        /** Only separators, or nothing at all. */
        EMPTY,
        /** Too many or too few symbols. */
        LENGTH,
        /** A character that is neither a symbol nor a separator. */
        SYMBOL,
        /** The check character does not match the other symbols. */
        CHECK_CHARACTER
    }
}
