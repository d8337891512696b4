package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** The rows as CSV: each benchmark writes a file of its own, the report puts them together. */
public final class BenchmarkRows {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader("order", "what", "ratio", "low", "high", "target", "noise", "pairs", "note")
            .setSkipHeaderRecord(true)
            .setRecordSeparator("\n")
            .get();

    private BenchmarkRows() {}

    /** Hands in the rows of a benchmark, which replace those of its last run. */
    public static void write(String name, List<BenchmarkRow> rows) {
        Unchecked.run(() -> write(Files.createDirectories(directory()).resolve(name + ".csv"), rows));
        rows.forEach(row -> System.out.printf(
                "%s: %s [%s, %s] %s %s%n",
                row.what(),
                BenchmarkRow.number(row.ratio()),
                BenchmarkRow.number(row.low()),
                BenchmarkRow.number(row.high()),
                row.target(),
                row.note()));
    }

    /** All that were handed in, in the order of the table. */
    static List<BenchmarkRow> all() {
        List<BenchmarkRow> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(Files.createDirectories(directory()))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".csv")).toList()) {
                rows.addAll(read(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.sort(Comparator.comparingInt(BenchmarkRow::order));
        return rows;
    }

    static void write(Path file, List<BenchmarkRow> rows) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(
                        writer, FORMAT.builder().setSkipHeaderRecord(false).get())) {
            for (BenchmarkRow row : rows) {
                printer.printRecord(
                        row.order(),
                        row.what(),
                        BenchmarkRow.number(row.ratio()),
                        BenchmarkRow.number(row.low()),
                        BenchmarkRow.number(row.high()),
                        row.target(),
                        BenchmarkRow.number(row.noise()),
                        row.samples(),
                        row.note());
            }
        }
    }

    static List<BenchmarkRow> read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return FORMAT.parse(reader).stream().map(BenchmarkRows::row).toList();
        }
    }

    private static BenchmarkRow row(CSVRecord line) {
        return new BenchmarkRow(
                Integer.parseInt(line.get("order")),
                line.get("what"),
                number(line.get("ratio")),
                number(line.get("low")),
                number(line.get("high")),
                line.get("target"),
                number(line.get("noise")),
                Integer.parseInt(line.get("pairs")),
                line.get("note"));
    }

    private static double number(String text) {
        return text.equals("–") ? Double.NaN : Double.parseDouble(text);
    }

    private static Path directory() {
        return BuildFiles.directory().resolve("benchmark/rows");
    }
}
