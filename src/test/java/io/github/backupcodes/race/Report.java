package io.github.backupcodes.race;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The table of all scenarios of this run, printed and kept in {@code target/stress.md} as it grows; in
 * {@code target/databases.md} a line for each ground that they were run on.
 */
final class Report {

    private static final List<String> LINES = new ArrayList<>(List.of(Tally.HEAD));
    private static final Map<String, Tally> GROUNDS = new LinkedHashMap<>();

    private Report() {}

    static synchronized void add(Tally tally) {
        LINES.add(tally.line());
        GROUNDS.merge(tally.ground(), tally.asGround(), Tally::with);
        write("stress.md", LINES);
        write(
                "databases.md",
                Stream.concat(
                                Stream.of(Tally.HEAD.replace("Scenario", "Configuration")),
                                GROUNDS.values().stream().map(Tally::line))
                        .toList());
        System.out.println(tally.line());
    }

    private static void write(String file, List<String> lines) {
        try {
            Files.writeString(
                    BuildFiles.directory().resolve(file), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
