package io.github.backupcodes.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Puts the rows of all benchmarks together: {@code target/benchmark/benchmark.md}, {@code .csv} and {@code .svg}; with
 * {@code -Dbenchmark.publish=true} also into {@code docs/performance.md} and beside it. Comes last.
 */
@Order(Integer.MAX_VALUE)
class ReportBenchmark {

    @Test
    void report() throws IOException {
        List<BenchmarkRow> rows = BenchmarkRows.all();
        assertThat(rows).isNotEmpty();
        Path directory = Files.createDirectories(BuildFiles.directory().resolve("benchmark"));
        System.out.println(BenchmarkTable.of(rows));
        Files.writeString(directory.resolve("benchmark.md"), BenchmarkTable.of(rows));
        BenchmarkRows.write(directory.resolve("benchmark.csv"), rows);
        Files.writeString(directory.resolve("benchmark.svg"), RatioChart.of(rows));
        if (Boolean.getBoolean("benchmark.publish")) {
            Path docs = BuildFiles.project().resolve("docs");
            BenchmarkRows.write(docs.resolve("performance.csv"), rows);
            Files.writeString(docs.resolve("performance.svg"), RatioChart.of(rows));
            PerformancePage page = new PerformancePage(docs.resolve("performance.md"));
            page.put(PerformancePage.Part.TABLE, BenchmarkTable.of(rows));
            Path stored = docs.resolve("performance-figures.csv");
            Map<String, Double> figures = BenchmarkFigures.renewed(stored);
            BenchmarkFigures.write(stored, figures);
            // from the file, whose digits are those that the test of the page has
            Map<String, Double> written = BenchmarkFigures.read(stored);
            page.put(PerformancePage.Part.CAPACITY, new ServerCapacity(written).table());
            page.put(PerformancePage.Part.SHARES, new CpuShares(written).table());
        }
    }
}
