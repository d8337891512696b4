package io.github.backupcodes.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The part of the table of {@code docs/flows.md} about one family of flows: what happened goes into a file of the build, and
 * has to be what the document says.
 */
final class FlowMatrix {

    private final String family;
    private final List<String> lines = new ArrayList<>();

    FlowMatrix(String family) {
        this.family = family;
    }

    /** A test for each way, and one for the table. */
    Stream<DynamicTest> tests(People people, List<FlowScenario> ways) {
        head(
                "Flow",
                Stream.concat(
                        Arrays.stream(UserProfile.values()).map(UserProfile::words), Stream.of("then a new app")));
        return Stream.concat(
                ways.stream().map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> walk(people, scenario))),
                Stream.of(check()));
    }

    /** That the document has this table. */
    DynamicTest check() {
        return DynamicTest.dynamicTest("docs/flows.md", this::compare);
    }

    void head(String first, Stream<String> others) {
        List<String> heads = Stream.concat(Stream.of(first), others).toList();
        row(heads);
        lines.add("|---".repeat(heads.size()) + "|");
    }

    void row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    private void walk(People people, FlowScenario scenario) {
        List<String> cells = new ArrayList<>(List.of(scenario.name()));
        for (UserProfile profile : UserProfile.values()) {
            cells.add(
                    scenario.holders().contains(profile)
                            ? FlowRun.start(scenario, people.one(profile)).outcome(UserProfile.LIST.code(0))
                            : "–");
        }
        cells.add(FlowRun.start(scenario, people.one(UserProfile.APP_AND_CODES)).repair(UserProfile.LIST.code(0)));
        row(cells);
        assertThat(cells).noneMatch(cell -> cell.contains(": "));
    }

    private void compare() throws IOException {
        Path directory = Files.createDirectories(BuildFiles.directory().resolve("flows"));
        String table = String.join("\n", lines) + "\n";
        Files.writeString(directory.resolve(family + ".md"), table, StandardCharsets.UTF_8);
        assertThat(documented())
                .as("docs/flows.md between the marks of %s, see target/flows", family)
                .isEqualTo(table);
    }

    private String documented() {
        return Unchecked.get(() -> {
            String all = Files.readString(BuildFiles.project().resolve("docs/flows.md"));
            String start = "<!-- " + family + " -->\n";
            int from = all.indexOf(start);
            int to = all.indexOf("<!-- end -->", from);
            return from < 0 || to < 0 ? "" : all.substring(from + start.length(), to);
        });
    }

    /** Makes users of a realm. */
    @FunctionalInterface
    interface People {

        TestUser one(UserProfile profile);

        /** With names of their own. */
        static People of(TestRealm realm) {
            int[] count = {0};
            return profile -> profile.make(realm, "user-" + ++count[0]);
        }
    }
}
