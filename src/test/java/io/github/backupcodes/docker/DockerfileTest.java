package io.github.backupcodes.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Dockerfile keeps step with the build, as far as that shows without an engine. {@link DockerIT} builds it. */
class DockerfileTest {

    private final List<String> instructions = DockerFiles.instructions();
    private final List<String> last = instructions.subList(
            instructions.lastIndexOf(instructions.stream()
                    .filter(line -> line.startsWith("FROM "))
                    .reduce("", (before, line) -> line)),
            instructions.size());

    DockerfileTest() throws IOException {}

    @Test
    void versionsAreThoseOfTheBuild() throws IOException {
        assertThat(instructions)
                .contains("ARG KEYCLOAK_VERSION=" + DockerPom.read().keycloak())
                .contains("ARG VERSION=" + DockerPom.read().version());
    }

    @Test
    void imageSaysWhatItIs() {
        String labels = last.stream()
                .filter(line -> line.startsWith("LABEL "))
                .findFirst()
                .orElseThrow();
        for (String key : List.of("title", "version", "source", "licenses", "revision", "created", "base.name")) {
            assertThat(labels).contains("org.opencontainers.image." + key + "=\"");
        }
    }

    /** A stage begins without the arguments that were declared before the first one. */
    @Test
    void argumentsInTheImageAreDeclaredInItsStage() {
        String all = String.join("\n", last.subList(1, last.size()));
        for (String name : List.of("KEYCLOAK_IMAGE", "KEYCLOAK_VERSION", "VERSION", "REVISION", "CREATED", "SOURCE")) {
            assertThat(all).contains("${" + name + "}").containsPattern("(?m)^ARG " + name + "(=|$)");
        }
    }

    @Test
    void serverIsOptimizedNotRootAndWatched() {
        assertThat(last.stream().filter(line -> line.startsWith("USER "))).containsExactly("USER 1000");
        assertThat(last).anyMatch(line -> line.startsWith("HEALTHCHECK ") && line.contains("healthcheck.sh"));
        assertThat(last).contains("CMD [\"start\", \"--optimized\"]");
        assertThat(Files.isExecutable(DockerFiles.path("healthcheck.sh"))).isTrue();
    }

    @Test
    void whatIsCopiedIsNotIgnored() throws IOException {
        List<String> sent = Files.readAllLines(BuildFiles.project().resolve(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        List<String> copied = instructions.stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .flatMap(line -> {
                    List<String> words = Arrays.stream(line.split(" ", -1))
                            .filter(word -> !word.startsWith("--"))
                            .toList();
                    return words.subList(1, words.size() - 1).stream();
                })
                .flatMap(source -> Stream.of(source.replaceAll("/$", "")))
                .toList();

        assertThat(sent).containsExactlyInAnyOrderElementsOf(copied);
    }
}
