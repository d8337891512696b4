package io.github.backupcodes.support.heap;

import io.github.backupcodes.support.ProcessRunner;
import java.util.List;

/** What lives in the heap of a JVM at a moment, after a full collection. */
public record LiveObjects(List<String> lines) {

    /** Looks. */
    public static LiveObjects of(long pid) {
        return new LiveObjects(
                ProcessRunner.jcmd(pid, "GC.class_histogram").lines().toList());
    }

    /** How much all of it takes. */
    public long bytes() {
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns.length >= 3 && columns[0].equals("Total"))
                .mapToLong(columns -> Long.parseLong(columns[2]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no total"));
    }

    /** How many of a class. */
    public long count(String name) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns.length >= 4 && columns[3].equals(name))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }
}
