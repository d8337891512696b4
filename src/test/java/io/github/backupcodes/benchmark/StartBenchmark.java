package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.ServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How long a server that is built takes to start, with the jar and without it, or with that of an earlier state ({@code
 * -Dold.jar=<file>}); and how large the jar is.
 */
@Isolated("it measures time")
class StartBenchmark {

    private static final int USUAL_PAIRS = 8;
    private static final double LARGEST = 300_000;

    /** As Keycloak says when it is up, from the start of its JVM on. */
    private static final Pattern STARTED = Pattern.compile("started in ([0-9.]+)s");

    /** What a start took, in seconds. */
    private record Start(double time, double cpu) {}

    private enum Kind {
        WITH,
        WITHOUT,
        AGAIN;

        private ServerBuilder server(Postgres postgres, Map<Kind, DatabaseStatistics> databases) {
            String name = "start-" + name().toLowerCase(Locale.ROOT);
            ServerBuilder described = BenchmarkServer.described(
                            name,
                            databases.computeIfAbsent(
                                    this, kind -> new DatabaseStatistics(postgres, postgres.createDatabase())))
                    .keepingData();
            String earlier = System.getProperty("old.jar", "");
            if (this == WITH) {
                return described;
            }
            return earlier.isEmpty() ? described.withoutExtension() : described.extension(Path.of(earlier));
        }
    }

    @Test
    void start() {
        Map<Kind, List<Start>> starts = new HashMap<>();
        try (Postgres postgres = Postgres.start()) {
            Map<Kind, DatabaseStatistics> databases = new HashMap<>();
            List<Kind> order = new ArrayList<>(List.of(Kind.values()));
            // builds the server, and makes its tables
            order.forEach(kind -> kind.server(postgres, databases).start().close());
            for (int pair = 0; pair < PairCount.orElse(USUAL_PAIRS); pair++) {
                for (Kind kind : order) {
                    starts.computeIfAbsent(kind, key -> new ArrayList<>()).add(start(kind.server(postgres, databases)));
                }
                Collections.reverse(order);
            }
        }
        BenchmarkRows.write(
                "start",
                List.of(
                        row(130, "server start with the jar / without", "<= 1.02", starts, Start::time),
                        row(131, "the same, CPU time", "<= 1.02", starts, Start::cpu)));
    }

    @Test
    void size() throws IOException {
        Map<String, Double> parts = new HashMap<>();
        try (ZipFile jar = new ZipFile(BuildFiles.extension().toFile())) {
            jar.stream().forEach(entry -> parts.merge(part(entry), (double) entry.getCompressedSize(), Double::sum));
        }
        double size = Files.size(BuildFiles.extension());
        double ratio = size / LARGEST;
        String note = String.format(
                Locale.ROOT,
                "%.0f kB: classes %.0f kB, texts in 41 languages %.0f kB, the rest is directories and other files",
                size / 1e3,
                parts.getOrDefault("classes", 0.0) / 1e3,
                parts.getOrDefault("texts", 0.0) / 1e3);
        BenchmarkRows.write(
                "size",
                List.of(new BenchmarkRow(
                        140, "size of the jar / 300 kB", ratio, ratio, ratio, "<= 1.00", Double.NaN, 1, note)));
    }

    private static String part(ZipEntry entry) {
        return entry.getName().endsWith(".class")
                ? "classes"
                : entry.getName().endsWith(".properties") ? "texts" : "other";
    }

    private static Start start(ServerBuilder described) {
        try (KeycloakServer server = described.start()) {
            double cpu =
                    CpuTime.of(ProcessHandle.of(server.jvm()).orElseThrow()).toMillis() / 1e3;
            Matcher said = STARTED.matcher(server.log().since(0));
            double time = Double.NaN;
            while (said.find()) {
                time = Double.parseDouble(said.group(1));
            }
            return new Start(time, cpu);
        }
    }

    private static BenchmarkRow row(
            int order, String what, String target, Map<Kind, List<Start>> starts, ToDoubleFunction<Start> figure) {
        double[] with = each(starts, Kind.WITH, figure);
        double[] without = each(starts, Kind.WITHOUT, figure);
        double noise = Ratios.of(each(starts, Kind.AGAIN, figure), without).noise();
        String note = String.format(Locale.ROOT, "%.2f / %.2f s (median)", Ratios.median(with), Ratios.median(without));
        return Ratios.of(with, without).row(order, what, target, noise, note);
    }

    private static double[] each(Map<Kind, List<Start>> starts, Kind kind, ToDoubleFunction<Start> figure) {
        return starts.getOrDefault(kind, List.of()).stream().mapToDouble(figure).toArray();
    }
}
