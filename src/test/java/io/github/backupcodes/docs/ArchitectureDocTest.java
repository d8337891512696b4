package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.ProductClasses;
import io.github.backupcodes.support.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} is as the code is. */
class ArchitectureDocTest {

    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");
    private static final Pattern PICTURE =
            Pattern.compile("<!-- packages -->\\n```mermaid\\nflowchart TD\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROVIDERS = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\| `([A-Za-z]+)` \\| [^|]+ \\|$");
    private static final Pattern NAME = Pattern.compile(
            "(?:`|participant [A-TV-Z] as )([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.[a-z][A-Za-z]+)?(?:`|\\n)");
    private static final Pattern PLACE = Pattern.compile("\\b([A-Z][A-Za-z0-9]+)\\.([a-z][A-Za-z]+)\\b");
    private static final Pattern STATE = Pattern.compile("\\b([A-Z]+(?:_[A-Z]+)*) -->");

    private final String page = Files.readString(Path.of("docs/architecture.md"));

    ArchitectureDocTest() throws IOException {}

    @Test
    void the_picture_of_the_packages_is_that_of_the_code() throws IOException {
        List<String> picture = ProductClasses.withoutDetours(ProductClasses.packages()).entrySet().stream()
                .flatMap(uses -> uses.getValue().stream().map(target -> "    " + uses.getKey() + " --> " + target))
                .toList();
        Matcher found = PICTURE.matcher(page);
        assertThat(found.find()).isTrue();
        assertThat(found.group(1).lines())
                .as("docs/architecture.md should have:%n%s%n", String.join("\n", picture))
                .containsExactlyElementsOf(picture);
    }

    /** The rule of ArchUnit sees no use of a constant. */
    @Test
    void the_picture_has_no_way_back() throws IOException {
        Map<String, Set<String>> left = new HashMap<>(ProductClasses.packages());
        while (!left.isEmpty()) {
            assertThat(left.entrySet().removeIf(uses -> uses.getValue().stream().noneMatch(left::containsKey)))
                    .as("%s lead back to themselves", left)
                    .isTrue();
        }
    }

    @Test
    void the_providers_are_those_that_the_server_is_told_of() throws IOException {
        List<String> told = new ArrayList<>();
        try (Stream<Path> files = Files.list(SERVICES)) {
            for (Path file : files.toList()) {
                String spi = simple(file.getFileName().toString());
                Files.readAllLines(file).forEach(provider -> told.add(spi + " " + simple(provider)));
            }
        }
        int start = page.indexOf("<!-- providers -->");
        String table = page.substring(start, page.indexOf("\n\n", start));
        assertThat(PROVIDERS.matcher(table).results().map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void whatever_it_names_is_there() throws IOException {
        String text = page.substring(0, page.indexOf("<!-- providers -->"))
                + page.substring(page.indexOf("## A sign-in with a code"));
        List<String> names =
                NAME.matcher(text).results().map(name -> name.group(1)).toList();
        assertThat(names).hasSizeGreaterThan(30);
        for (String name : names) {
            assertThat(SourceFiles.of(name)).as(name).isPresent();
        }
        var places = PLACE.matcher(text).results().toList();
        assertThat(places).hasSizeGreaterThan(30);
        for (var place : places) {
            assertThat(SourceFiles.of(place.group(1))).as(place.group()).hasValueSatisfying(source -> assertThat(source)
                    .contains(" " + place.group(2) + "("));
        }
    }

    @Test
    void the_states_are_those_of_a_set() throws IOException {
        String states = SourceFiles.of("CodeSetState").orElseThrow();
        assertThat(STATE.matcher(page).results().map(state -> state.group(1)).distinct())
                .containsExactlyInAnyOrderElementsOf(Pattern.compile("(?m)^    ([A-Z_]+)[,;(]?$")
                        .matcher(states)
                        .results()
                        .map(state -> state.group(1))
                        .toList());
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
