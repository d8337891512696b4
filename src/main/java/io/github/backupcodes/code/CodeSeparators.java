package io.github.backupcodes.code;

/** What people and programs put between the symbols of a code. None of it matters. */
final class CodeSeparators {

    private CodeSeparators() {}

    /** Whether a typed character is one. */
    static boolean isSeparator(char character) {
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.DASH_PUNCTUATION -> true;
            // what comes along unseen when text is pasted: marks of the writing direction, soft hyphens, joiners
            case Character.FORMAT -> true;
            // tabs and line ends; the minus sign, which phones offer beside the dash
            default -> Character.isWhitespace(character) || character == '\u2212';
        };
    }
}
