package io.github.backupcodes.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        List<Row> rows = Rows.all();
        assertThat(rows).isNotEmpty();
        Path directory = Files.createDirectories(BuildFiles.directory().resolve("benchmark"));
        System.out.println(Table.of(rows));
        Files.writeString(directory.resolve("benchmark.md"), Table.of(rows));
        Rows.write(directory.resolve("benchmark.csv"), rows);
        Files.writeString(directory.resolve("benchmark.svg"), Chart.of(rows));
        if (Boolean.getBoolean("benchmark.publish")) {
            Path docs = BuildFiles.project().resolve("docs");
            Rows.write(docs.resolve("performance.csv"), rows);
            Files.writeString(docs.resolve("performance.svg"), Chart.of(rows));
            PerformancePage page = new PerformancePage(docs.resolve("performance.md"));
            page.put(rows);
        }
    }
}
