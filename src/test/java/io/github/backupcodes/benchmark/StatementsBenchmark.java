package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.database.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What PostgreSQL is told in the code step, by its own log: all of it, the words around the lock included. */
@Isolated("what others ask would be counted")
class StatementsBenchmark {

    /** The user is in no cache at first, and the server has work of its own now and then: the shortest counts. */
    private static final int GOES = 6;

    @Test
    void codeStep() throws IOException {
        Path log = Files.createDirectories(BuildFiles.directory().resolve("benchmark"))
                .resolve("statements.log");
        try (Postgres postgres = Postgres.saying(log)) {
            DatabaseStatistics database = new DatabaseStatistics(postgres, postgres.createDatabase());
            database.logStatements();
            try (BenchmarkServer server = BenchmarkServer.start("benchmark", database)) {
                CodeSides sides = new CodeSides(server, 2 * GOES);
                List<String> code = fewest(sides.backupCodesAlone().step(), log);
                List<String> recoveryCode = fewest(sides.recoveryCodes().step(), log);
                Files.write(log.resolveSibling("statements.txt"), code);
                Files.write(log.resolveSibling("statements-built-in.txt"), recoveryCode);
                BenchmarkRows.write("statements", List.of(row(code, recoveryCode)));
            }
        }
    }

    private static BenchmarkRow row(List<String> code, List<String> recoveryCode) {
        double built = recoveryCode.size();
        double ratio = code.size() / built;
        return new BenchmarkRow(
                90,
                "SQL statements in the code step on PostgreSQL, backup code / Keycloak recovery code",
                ratio,
                ratio,
                ratio,
                String.format(Locale.ROOT, "<= %.2f", (built + 1) / built),
                Double.NaN,
                GOES,
                "%d / %d, begin and commit included; the target is one more"
                        .formatted(code.size(), recoveryCode.size()));
    }

    private static List<String> fewest(Variant step, Path log) {
        return IntStream.range(0, GOES)
                .mapToObj(go -> {
                    Runnable work = step.task().prepare();
                    int before = statements(log).size();
                    work.run();
                    List<String> all = statements(log);
                    return all.subList(before, all.size());
                })
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    private static List<String> statements(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.matches(".*LOG: {2}(execute [^:]*|statement): .*"))
                    .map(line -> line.replaceFirst(".*LOG: {2}(execute [^:]*|statement): ", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
