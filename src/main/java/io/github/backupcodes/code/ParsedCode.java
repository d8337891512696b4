package io.github.backupcodes.code;

/** The result of parsing the text that was entered for a backup code. */
public sealed interface ParsedCode {

    /** Whether the text has the form of a code. */
    boolean isWellFormed();

    /** The text has the form of a code: only the stored hashes can tell whether it is a valid one. */
    record WellFormed(BackupCode code) implements ParsedCode {

        @Override
        public boolean isWellFormed() {
            return true;
        }
    }

    /** The text cannot be a code of this format. */
    enum Malformed implements ParsedCode {
        /** Only separators, or nothing at all. */
        EMPTY,
        /** Too many or too few symbols. */
        LENGTH,
        /** A character that is neither a symbol nor a separator. */
        SYMBOL,
        /** The check character does not fit the others. */
        CHECK_CHARACTER;

        @Override
        public boolean isWellFormed() {
            return false;
        }
    }
}
