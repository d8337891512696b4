package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** {@code docs/compatibility.md} says what {@code .ci/matrix} has measured, as {@code docs/compatibility.csv} has it. */
class CompatibilityTest {

    private static final Path DOCS = BuildFiles.project().resolve("docs");
    private static final List<String> COLUMNS =
            List.of("keycloak", "java", "tests", "run", "failed", "skipped", "seconds", "date");

    @Test
    void the_table_is_that_of_the_csv() throws IOException {
        String table = runs().stream()
                .map(run -> "| " + String.join(" | ", run.values()) + " |\n")
                .collect(Collectors.joining(
                        "", "| " + String.join(" | ", COLUMNS) + " |\n|---|---|---|---:|---:|---:|---:|---|\n", ""));
        assertThat(Files.readString(DOCS.resolve("compatibility.md"))).contains("\n\n" + table + "\n");
    }

    @Test
    void every_run_has_tests_and_none_failed() throws IOException {
        assertThat(runs()).isNotEmpty().allSatisfy(run -> {
            assertThat(Integer.parseInt(run.get("run"))).isPositive();
            assertThat(run.get("failed")).isEqualTo("0");
        });
    }

    @Test
    void what_the_command_runs_was_run() throws IOException {
        String supported = Files.readAllLines(BuildFiles.project().resolve(".ci/matrix")).stream()
                .filter(line -> line.startsWith("supported=("))
                .findFirst()
                .orElseThrow()
                .replaceAll("supported=\\(|\\)", "");
        assertThat(runs()).extracting(run -> run.get("keycloak")).containsAll(List.of(supported.split(" ")));
    }

    private static List<CSVRecord> runs() throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader(COLUMNS.toArray(String[]::new))
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = Files.newBufferedReader(DOCS.resolve("compatibility.csv"));
                Stream<CSVRecord> lines = format.parse(reader).stream()) {
            return lines.toList();
        }
    }
}
