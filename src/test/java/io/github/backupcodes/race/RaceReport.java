package io.github.backupcodes.race;

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
        RaceTable.write("stress.md", LINES);
        RaceTable.write(
                "databases.md",
                Stream.concat(
                                Stream.of(RoundResults.HEAD.replace("Scenario", "Configuration")),
                                GROUNDS.values().stream().map(RoundResults::line))
                        .toList());
        System.out.println(results.line());
    }
}
