package io.github.backupcodes.race;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A table of figures, printed and kept in a file of the build directory as it grows. */
final class RaceTable {

    private final String file;
    private final List<String> lines = new ArrayList<>();

    /** With the heads of its columns, of which all but the first hold numbers. */
    RaceTable(String file, String... heads) {
        this.file = file;
        lines.add("| " + String.join(" | ", heads) + " |");
        lines.add("|---|" + "---:|".repeat(heads.length - 1));
    }

    synchronized void add(List<?> cells) {
        lines.add("| " + String.join(" | ", cells.stream().map(String::valueOf).toList()) + " |");
        write(file, lines);
        System.out.println(lines.get(lines.size() - 1));
    }

    /** Writes lines into a file of the build directory. */
    static void write(String file, List<String> lines) {
        Unchecked.run(() -> Files.write(BuildFiles.directory().resolve(file), lines, StandardCharsets.UTF_8));
    }
}
