package io.github.backupcodes.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code docs/performance.md}, of which the parts that are computed stand between two comments each. */
record PerformancePage(Path file) {

    /** A part of the page. */
    enum Part {
        /** The rows of the benchmarks, see {@link BenchmarkTable}. */
        TABLE("table"),
        /** What many users take, see {@link ServerCapacity}. */
        CAPACITY("capacity"),
        /** Whose work a sign-in is, see {@link CpuShares}. */
        SHARES("shares");

        private final String begin;
        private final String end;

        Part(String name) {
            this.begin = "<!-- " + name + ": written by ReportBenchmark -->\n";
            this.end = "<!-- end of the " + name + " -->";
        }
    }

    /** A part as it stands there. */
    String get(Part part) throws IOException {
        String text = Files.readString(file);
        return text.substring(text.indexOf(part.begin) + part.begin.length(), text.indexOf(part.end));
    }

    /** Puts another text in the place of a part. */
    void put(Part part, String content) throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.replace(part.begin + get(part) + part.end, part.begin + content + part.end));
    }
}
