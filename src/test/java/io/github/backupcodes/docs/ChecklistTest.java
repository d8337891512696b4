package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/checklist.md} answers every line of the norms with code and a test that are there. */
class ChecklistTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)`");

    /** The rows: section, what it asks, how, where, shown by. */
    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(BuildFiles.project().resolve("docs/checklist.md")).stream()
                .filter(line -> line.matches("\\| \\d.*"))
                .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> cells.subList(1, cells.size() - 1))
                .toList();
    }

    @Test
    void every_line_of_the_norms_that_speaks_of_saved_codes_is_there() throws IOException {
        assertThat(rows().stream().flatMap(row -> Stream.of(row.get(0).split(", "))))
                .contains("3.1.1.2", "3.1.2", "3.2.2", "4.1", "4.2", "4.2.1.1", "4.4", "4.5", "4.6", "8")
                .contains("2.3.3", "2.3.4", "15.4.2", "6.1.1", "6.1.3", "6.3.1", "6.3.4", "6.3.5", "6.3.7")
                .contains("6.4.1", "6.4.4", "6.5.1", "6.5.2", "6.5.3", "6.5.4", "6.5.6", "7.4.3", "7.5.1")
                .contains("11.2.4", "14.2.1", "14.3.2", "16.2.5", "16.3.1");
    }

    @Test
    void every_class_that_it_names_is_there() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row).hasSize(5);
            assertThat(CLASS.matcher(row.get(3)).results().map(found -> found.group(1)))
                    .allSatisfy(name ->
                            assertThat(SourceFiles.ofMain(name)).as(name).isPresent());
        });
    }

    @Test
    void every_test_that_it_names_is_there() throws IOException {
        for (List<String> row : rows()) {
            List<MatchResult> tests = TEST.matcher(row.get(4)).results().toList();
            assertThat(tests.isEmpty())
                    .as("%s: %s has tests, or says why there can be none", row.get(0), row.get(1))
                    .isEqualTo("–".equals(row.get(4)));
            assertThat(tests).allSatisfy(test -> assertThat(SourceFiles.ofTests(test.group(1)))
                    .as(test.group())
                    .hasValueSatisfying(source -> assertThat(source).contains(" " + test.group(2) + "(")));
        }
    }

    @Test
    void every_test_that_the_page_of_attacks_names_is_there() throws IOException {
        List<String> shownBy = Files.readAllLines(BuildFiles.project().resolve("docs/attacks.md")).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("|---") && !line.contains("| shown by |"))
                .map(line -> List.of(line.split("\\|", -1)))
                .map(cells -> cells.get(3))
                .toList();
        assertThat(shownBy).hasSizeGreaterThan(20).allSatisfy(cell -> assertThat(
                        CLASS.matcher(cell).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(SourceFiles.ofTests(name)).as(name).isPresent()));
    }
}
