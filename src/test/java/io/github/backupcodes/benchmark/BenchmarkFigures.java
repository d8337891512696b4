package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Figures with units that the benchmarks measure beside the ratios, for {@link ServerCapacity}. Each benchmark writes a file of its
 * own; what a run did not measure keeps the figure of the one before.
 */
public final class BenchmarkFigures {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader("name", "value")
            .setSkipHeaderRecord(true)
            .setRecordSeparator("\n")
            .get();

    private BenchmarkFigures() {}

    /**
     * Hands in the figures of a benchmark, which replace those of its last run.
     *
     * @param figures values by their names, which end in the unit, for example {@code hash-ms}
     */
    public static void write(String name, Map<String, Double> figures) {
        Unchecked.run(() -> write(Files.createDirectories(directory()).resolve(name + ".csv"), figures));
    }

    /** Those of a file, with what was handed in instead of theirs. */
    static Map<String, Double> renewed(Path file) throws IOException {
        Map<String, Double> all = new TreeMap<>(read(file));
        try (Stream<Path> files = Files.list(Files.createDirectories(directory()))) {
            for (Path each : files.sorted().toList()) {
                all.putAll(read(each));
            }
        }
        return all;
    }

    static void write(Path file, Map<String, Double> figures) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(
                        writer, FORMAT.builder().setSkipHeaderRecord(false).get())) {
            for (Map.Entry<String, Double> figure : new TreeMap<>(figures).entrySet()) {
                printer.printRecord(figure.getKey(), String.format(Locale.ROOT, "%.2f", figure.getValue()));
            }
        }
    }

    static Map<String, Double> read(Path file) throws IOException {
        Map<String, Double> figures = new TreeMap<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            FORMAT.parse(reader).forEach(line -> figures.put(line.get("name"), Double.valueOf(line.get("value"))));
        }
        return figures;
    }

    private static Path directory() {
        return BuildFiles.directory().resolve("benchmark/figures");
    }
}
