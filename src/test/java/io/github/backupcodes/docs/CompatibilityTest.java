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

/** Checks that {@code docs/compatibility.md} and the README agree with {@code docs/compatibility.csv}, which {@code .ci/matrix} wrote. */
class CompatibilityTest {

    private static final Path DOCS = BuildFiles.project().resolve("docs");
    private static final List<String> COLUMNS =
            List.of("keycloak", "java", "tests", "run", "failed", "skipped", "seconds", "date");

    @Test
    void the_table_is_that_of_the_csv() throws IOException {
        String table = runs().stream()
                .map(run -> "| " + String.join(" | ", run.values()) + " |\n")
                .collect(Collectors.joining("", """
                        | Keycloak | Java | Tests | Run | Failed | Skipped | Seconds | Date |
                        |---|---|---|---:|---:|---:|---:|---|
                        """, ""));
        assertThat(Files.readString(DOCS.resolve("compatibility.md"))).contains("\n\n" + table + "\n");
    }

    @Test
    void the_readme_names_each_minor_version_that_was_run() throws IOException {
        String row = Files.readAllLines(BuildFiles.project().resolve("README.md")).stream()
                .filter(line -> line.contains("(docs/compatibility.md) |"))
                .findFirst()
                .orElseThrow();
        assertThat(runs()).isNotEmpty().allSatisfy(run -> assertThat(row)
                .containsPattern("\\b" + run.get("keycloak").replaceFirst("^(\\d+)\\.(\\d+).*", "$1\\\\.$2") + "\\b"));
    }

    @Test
    void every_run_has_tests_and_the_page_says_what_failed() throws IOException {
        String page = Files.readString(DOCS.resolve("compatibility.md"));
        assertThat(runs()).isNotEmpty().allSatisfy(run -> {
            assertThat(Integer.parseInt(run.get("run"))).isPositive();
            assertThat(run.get("failed").equals("0"))
                    .isNotEqualTo(page.contains("\nFailed on Keycloak " + run.get("keycloak") + ": "));
        });
    }

    @Test
    void what_the_command_runs_was_run_or_the_page_says_that_it_was_not() throws IOException {
        String supported = Files.readAllLines(BuildFiles.project().resolve(".ci/matrix")).stream()
                .filter(line -> line.startsWith("supported=("))
                .findFirst()
                .orElseThrow()
                .replaceAll("supported=\\(|\\)", "");
        String notRun = Files.readAllLines(DOCS.resolve("compatibility.md")).stream()
                .filter(line -> line.startsWith("Not run: "))
                .findFirst()
                .orElse("");
        List<String> runs =
                runs().stream().map(run -> run.get("keycloak")).distinct().toList();
        assertThat(supported.split(" "))
                .allMatch(version -> runs.contains(version) != notRun.contains("Keycloak " + version));
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
