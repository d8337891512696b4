package io.github.backupcodes.screens;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/** What axe-core said of each screen, and what script and style weigh: {@code target/axe.md}. */
final class AxeReport {

    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** One run on our part. The looks of a screen in a theme share a row. */
    void addOurs(String screen, String theme, Axe.Findings ours) {
        Row row = row(screen, theme);
        row.looks++;
        row.passes.addAll(ours.passes());
        row.violations.addAll(ours.violations().keySet());
        row.unclear.addAll(ours.unclear().keySet());
    }

    /** One run on the whole page. */
    void addPage(String screen, String theme, Axe.Findings page) {
        row(screen, theme).ofTheTheme.addAll(page.violations().keySet());
    }

    private Row row(String screen, String theme) {
        return rows.computeIfAbsent(screen + "|" + theme, key -> new Row(screen, theme));
    }

    void write() {
        List<String> lines = new ArrayList<>(List.of(
                "# Accessibility of the screens",
                "",
                "axe-core on each screen, with the rules of WCAG 2.0, 2.1 and 2.2, levels A and AA; in the part of this"
                        + " extension also with best practices. Keycloak's own OTP page in the same theme has what the last column lists.",
                "",
                "| Screen | Theme | Display mode | Rules passed in this extension | Violations in this extension | To be checked by people"
                        + " | Violations in Keycloak's template |",
                "|---|---|---|---|---|---|---|"));
        rows.values().forEach(row -> lines.add(row.toString()));
        lines.addAll(List.of("", "# Size", "", "| File | Bytes | Compressed |", "|---|---|---|"));
        lines.add(weight("css/backup-codes.css"));
        lines.add(weight("js/backup-codes.js"));
        Unchecked.run(() -> Files.write(BuildFiles.directory().resolve("axe.md"), lines, StandardCharsets.UTF_8));
    }

    private static String weight(String file) {
        Path path = BuildFiles.project().resolve("themes/resources").resolve(file);
        return Unchecked.get(() -> {
            byte[] content = Files.readAllBytes(path);
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(content);
            }
            return "| %s | %d | %d |".formatted(file, content.length, compressed.size());
        });
    }

    private static final class Row {
        private final String screen;
        private final String theme;
        private final Set<String> passes = new TreeSet<>();
        private final Set<String> violations = new TreeSet<>();
        private final Set<String> unclear = new TreeSet<>();
        private final Set<String> ofTheTheme = new TreeSet<>();
        private int looks;

        private Row(String screen, String theme) {
            this.screen = screen;
            this.theme = theme;
        }

        @Override
        public String toString() {
            return "| %s | %s | %d | %d | %s | %s | %s |"
                    .formatted(screen, theme, looks, passes.size(), text(violations), text(unclear), text(ofTheTheme));
        }

        private static String text(Set<String> rules) {
            return rules.isEmpty() ? "none" : String.join(", ", rules);
        }
    }
}
