package io.github.backupcodes.benchmark;

import java.util.List;
import java.util.stream.Collectors;

/** The rows as a table in Markdown. */
final class BenchmarkTable {

    private BenchmarkTable() {}

    static String of(List<BenchmarkRow> rows) {
        return rows.stream().map(BenchmarkTable::line).collect(Collectors.joining("\n", """
                        | Comparison | Ratio | 95% interval | Noise floor | Target | Target met | Pairs | Figures |
                        |---|---|---|---|---|---|---|---|
                        """, "\n"));
    }

    private static String line(BenchmarkRow row) {
        return "| %s | %s | %s to %s | %s | %s | %s | %d | %s |"
                .formatted(
                        row.what(),
                        BenchmarkRow.number(row.ratio()),
                        BenchmarkRow.number(row.low()),
                        BenchmarkRow.number(row.high()),
                        Double.isNaN(row.noise()) ? "–" : "± " + BenchmarkRow.number(row.noise()),
                        row.target().replace("<=", "≤").replace(">=", "≥"),
                        row.verdict(),
                        row.samples(),
                        row.note());
    }
}
