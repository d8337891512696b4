package io.github.backupcodes.code;

/** What became of something typed into the field for a backup code. */
public sealed interface ParsedCode {

    /** It has the form of a code: only the stored hashes can tell whether it is one. */
    record WellFormed(BackupCode code) implements ParsedCode {}

    /** It cannot be a code of this format. */
    enum Mistyped implements ParsedCode {
        /** Nothing but separators, or nothing at all. */
        EMPTY,
        /** Too many or too few symbols. */
        LENGTH,
        /** A character that is neither a symbol nor a separator. */
        SYMBOL,
        /** The check character does not fit the others. */
        CHECK_CHARACTER
    }
}
