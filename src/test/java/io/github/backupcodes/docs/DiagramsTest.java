package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The diagrams name the place in the code where each step is decided: what is renamed or gone is noticed. */
class DiagramsTest {

    private static final Pattern DIAGRAM = Pattern.compile("```mermaid\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("\\b([A-Z][A-Za-z]+)\\.([a-z][A-Za-z]+)\\b");

    @Test
    void every_place_that_a_diagram_names_is_there() throws IOException {
        List<MatchResult> places = DIAGRAM.matcher(Files.readString(Path.of("docs/flows.md")))
                .results()
                .flatMap(diagram -> PLACE.matcher(diagram.group(1)).results())
                .toList();
        assertThat(places).hasSizeGreaterThan(10);
        assertThat(places).allSatisfy(place -> assertThat(SourceFiles.ofMain(place.group(1)))
                .as(place.group())
                .hasValueSatisfying(source -> assertThat(source).contains(" " + place.group(2) + "(")));
    }
}
