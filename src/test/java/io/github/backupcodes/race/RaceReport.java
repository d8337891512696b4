package io.github.backupcodes.race;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
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
final class RaceReport {

    private static final List<String> LINES = new ArrayList<>(List.of(RoundResults.HEAD));
    private static final Map<String, RoundResults> GROUNDS = new LinkedHashMap<>();

    private RaceReport() {}

    static synchronized void add(RoundResults results) {
        LINES.add(results.line());
        GROUNDS.merge(results.ground(), results.asGround(), RoundResults::with);
        write("stress.md", LINES);
        write(
                "databases.md",
                Stream.concat(
                                Stream.of(RoundResults.HEAD.replace("Scenario", "Configuration")),
                                GROUNDS.values().stream().map(RoundResults::line))
                        .toList());
        System.out.println(results.line());
    }

    private static void write(String file, List<String> lines) {
        Unchecked.run(() -> Files.writeString(
                BuildFiles.directory().resolve(file), String.join("\n", lines) + "\n", StandardCharsets.UTF_8));
    }
}
