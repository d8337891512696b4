package io.github.backupcodes.screens;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.browser.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What axe-core finds on a page by the rules of WCAG 2.0, 2.1 and 2.2, levels A and AA, and by good practice. */
final class Axe {

    private static final String SCRIPT = AxeBuilder.getAxeScript();

    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa");

    /** The rules whose outcome depends on colours and on the width of the window, and not on the document alone. */
    private static final List<String> STYLE = List.of("color-contrast", "link-in-text-block", "target-size");

    /** Runs on some parts of the page, or on all of it when there are none, but for others. */
    private static final String RUN = """
            async ([parts, others, type, values]) => {
              const context = { exclude: others.map(part => [part]) };
              if (parts.length) {
                context.include = parts.map(part => [part]);
              }
              const found = await axe.run(context, {
                runOnly: { type, values },
                resultTypes: ["violations", "incomplete"],
              });
              const rules = list => list.map(rule => ({
                id: rule.id,
                nodes: rule.nodes.map(node => node.target.join(" ") + ": " + node.failureSummary),
              }));
              return JSON.stringify({
                passes: found.passes.map(rule => rule.id),
                violations: rules(found.violations),
                incomplete: rules(found.incomplete),
              });
            }
            """;

    private Axe() {}

    /** Looks at some parts of the page, at good practice too. */
    static Findings parts(Person person, String... css) {
        List<String> tags = new ArrayList<>(WCAG);
        tags.add("best-practice");
        return run(person.page(), List.of(css), List.of(), "tag", tags);
    }

    /** Looks again at parts that {@link #parts} has looked at, in other colours or in a window of another width. */
    static Findings style(Person person, String... css) {
        return run(person.page(), List.of(css), List.of(), "rule", STYLE);
    }

    /** Looks at the whole page, but for some parts. */
    static Findings page(Person person, String... others) {
        return run(person.page(), List.of(), List.of(others), "tag", WCAG);
    }

    private static Findings run(Page page, List<String> css, List<String> others, String type, List<String> values) {
        if (!(boolean) page.evaluate("() => typeof axe === 'object'")) {
            page.evaluate(SCRIPT);
        }
        JsonNode found = Json.read(String.valueOf(page.evaluate(RUN, List.of(css, others, type, values))));
        Set<String> passes = new TreeSet<>();
        found.path("passes").forEach(rule -> passes.add(rule.asText()));
        return new Findings(passes, rules(found.path("violations")), rules(found.path("incomplete")));
    }

    private static Map<String, List<String>> rules(JsonNode list) {
        Map<String, List<String>> rules = new TreeMap<>();
        for (JsonNode rule : list) {
            List<String> nodes = new ArrayList<>();
            rule.path("nodes").forEach(node -> nodes.add(node.asText()));
            rules.put(rule.path("id").asText(), nodes);
        }
        return rules;
    }

    /**
     * The result.
     *
     * @param unclear what axe-core leaves to people to decide, by the rule's id
     */
    record Findings(Set<String> passes, Map<String, List<String>> violations, Map<String, List<String>> unclear) {}
}
