package io.github.backupcodes.race;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table of all scenarios of this run, printed and kept in {@code target/stress.md} as it grows. */
final class Report {

    private static final List<String> LINES = new ArrayList<>(List.of(Tally.HEAD));

    private Report() {}

    static synchronized void add(Tally tally) {
        LINES.add(tally.line());
        Path file = BuildFiles.directory().resolve("stress.md");
        try {
            Files.writeString(file, String.join("\n", LINES) + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(tally.line());
    }
}
