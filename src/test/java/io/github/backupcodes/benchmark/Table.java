package io.github.backupcodes.benchmark;

import java.util.List;
import java.util.stream.Collectors;

/** The rows as a table in Markdown. */
final class Table {

    private Table() {}

    static String of(List<Row> rows) {
        return rows.stream().map(Table::line).collect(Collectors.joining("\n", """
                        | Comparison | Ratio | 95% interval | Noise floor | Target | Target met | Pairs | Figures |
                        |---|---|---|---|---|---|---|---|
                        """, "\n"));
    }

    private static String line(Row row) {
        return "| %s | %s | %s to %s | %s | %s | %s | %d | %s |"
                .formatted(
                        row.what(),
                        Row.number(row.ratio()),
                        Row.number(row.low()),
                        Row.number(row.high()),
                        Double.isNaN(row.noise()) ? "–" : "± " + Row.number(row.noise()),
                        row.target().replace("<=", "≤").replace(">=", "≥"),
                        row.verdict(),
                        row.samples(),
                        row.note());
    }
}
