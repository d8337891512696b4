package io.github.backupcodes.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the workflows of the repository may do: as little as they need, with actions that no one can change behind them. */
class WorkflowsTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path GITHUB = BuildFiles.project().resolve(".github");

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(GITHUB.resolve("workflows"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void there_are_those_of_the_project() throws IOException {
        assertThat(workflows())
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly("ci.yml", "codeql.yml", "matrix.yml", "release.yml");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void every_action_is_one_commit(Path workflow) throws IOException {
        List<String> uses = Files.readAllLines(workflow).stream()
                .filter(line -> line.contains("uses:"))
                .toList();
        assertThat(uses)
                .isNotEmpty()
                .allMatch(line -> line.matches(".*uses: [\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void may_only_read_unless_a_job_says_why(Path workflow) throws IOException {
        JsonNode document = YAML.readTree(workflow.toFile());
        assertThat(document.path("permissions")).isEqualTo(YAML.readTree("contents: read"));
        assertThat(document.path("jobs")).isNotEmpty().allSatisfy(job -> {
            assertThat(job.path("timeout-minutes").asInt()).isPositive();
            assertThat(job.path("runs-on").asText()).isEqualTo("ubuntu-24.04");
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void leaves_no_credentials_behind_and_runs_no_text_of_others(Path workflow) throws IOException {
        List<JsonNode> steps = steps(workflow);
        assertThat(steps)
                .filteredOn(step -> step.path("uses").asText().startsWith("actions/checkout@"))
                .isNotEmpty()
                .allSatisfy(
                        step -> assertThat(step.at("/with/persist-credentials").asText())
                                .isEqualTo("false"));
        assertThat(steps).extracting(step -> step.path("run").asText()).noneMatch(run -> run.contains("${{"));
    }

    @Test
    void a_release_is_compared_attested_and_published_in_this_order() throws IOException {
        String release = Files.readString(GITHUB.resolve("workflows/release.yml"));
        assertThat(release)
                .containsSubsequence(
                        ".ci/reproducible",
                        "-Prelease verify",
                        "sha256sum --check reproducible.sha256",
                        "sha256sum --check ./*.sha256",
                        "actions/attest-build-provenance@",
                        "cmp ",
                        "gh release create",
                        " deploy");
    }

    @Test
    void dependencies_actions_and_images_are_kept_new() throws IOException {
        assertThat(YAML.readTree(GITHUB.resolve("dependabot.yml").toFile()).path("updates"))
                .extracting(update -> update.path("package-ecosystem").asText())
                .contains("maven", "github-actions", "docker");
    }

    private static List<JsonNode> steps(Path workflow) throws IOException {
        List<JsonNode> steps = new ArrayList<>();
        YAML.readTree(workflow.toFile()).path("jobs").forEach(job -> job.path("steps")
                .forEach(steps::add));
        return steps;
    }
}
