package io.github.backupcodes.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code docs/performance.md}, whose table stands between two comments. */
final class PerformancePage {

    private static final String BEGIN = "<!-- table: written by ReportBenchmark -->\n";
    private static final String END = "<!-- end of the table -->";

    private final Path file;

    PerformancePage(Path file) {
        this.file = file;
    }

    /** The table as it stands there. */
    String table() throws IOException {
        String text = Files.readString(file);
        return text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));
    }

    /** Puts another one there. */
    void put(List<Row> rows) throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.replace(BEGIN + table() + END, BEGIN + Table.of(rows) + END));
    }
}
