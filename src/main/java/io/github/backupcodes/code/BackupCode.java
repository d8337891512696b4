package io.github.backupcodes.code;

import java.nio.charset.StandardCharsets;

/**
 * Value object: one backup code in plain text. It exists only while a set is shown or an attempt is checked, and prints
 * itself redacted so that it cannot reach a log or a message.
 *
 * @param symbols the code in its normal form: upper case, no separators, check character included
 */
public record BackupCode(String symbols) {

    private static final int LONGEST_GROUP = 5;

    /**
     * The code as it is shown: groups of at most five symbols, of sizes as equal as possible, joined by dashes. 15
     * symbols give three groups of five, six digits two groups of three.
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

    /** The bytes to be hashed: the normal form in ASCII. */
    byte[] bytes() {
        return symbols.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "BackupCode[redacted]";
    }
}
