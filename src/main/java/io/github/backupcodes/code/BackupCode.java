package io.github.backupcodes.code;

import java.nio.charset.StandardCharsets;

/**
 * One backup code in plain text. It exists while a set is shown or an attempt is checked, and prints itself as a
 * redaction so that it cannot slip into a log or a message.
 *
 * @param symbols the code in its normal form: upper case, no separators, check character included
 */
public record BackupCode(String symbols) {

    private static final int LONGEST_GROUP = 5;

    /**
     * The code as people see it: groups of at most five symbols, as equal as they can be, joined by dashes. 15 symbols
     * make three groups of five, six digits two groups of three.
     */
    public String grouped() {
        int groups = (symbols.length() + LONGEST_GROUP - 1) / LONGEST_GROUP;
        StringBuilder grouped = new StringBuilder();
        for (int group = 0, start = 0; group < groups; group++) {
            int end = start + (symbols.length() - start + groups - group - 1) / (groups - group);
            grouped.append(group == 0 ? "" : "-").append(symbols, start, end);
            start = end;
        }
        return grouped.toString();
    }

    /** What is hashed: the normal form in ASCII. */
    byte[] bytes() {
        return symbols.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "BackupCode[redacted]";
    }
}
