package io.github.backupcodes.code;

/** Recognizes the characters that people and programs put between the symbols of a code. They are ignored. */
final class CodeSeparators {

    private CodeSeparators() {}

    /** Whether a typed character is a separator. */
    static boolean isSeparator(char character) {
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.DASH_PUNCTUATION -> true;
            // invisible characters in pasted text: marks of the writing direction, soft hyphens, joiners
            case Character.FORMAT -> true;
            // tabs and line ends; the minus sign, which phones offer beside the dash
            default -> Character.isWhitespace(character) || character == '\u2212';
        };
    }
}
