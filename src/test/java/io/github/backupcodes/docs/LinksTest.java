package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every link from one of our pages to another, to a file or to a heading leads somewhere. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)\\s]+)\\)");

    @TestFactory
    Stream<DynamicTest> links() throws IOException {
        Path project = BuildFiles.project();
        List<Path> pages;
        try (Stream<Path> top = Files.list(project);
                Stream<Path> docs = Files.list(project.resolve("docs"))) {
            pages = Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
        return pages.stream()
                .map(page -> DynamicTest.dynamicTest(String.valueOf(page.getFileName()), () -> assertThat(
                                LINK.matcher(Files.readString(page)).results().map(found -> found.group(1)))
                        .allSatisfy(link -> leadsSomewhere(page, link))));
    }

    private static void leadsSomewhere(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page
                : Objects.requireNonNull(page.getParent()).resolve(parts[0]).normalize();
        assertThat(target).as("%s: %s", page.getFileName(), link).exists();
        if (parts.length == 2) {
            assertThat(anchors(target)).as("%s: %s", page.getFileName(), link).contains(parts[1]);
        }
    }

    /** The headings, as GitHub writes them in a link. */
    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toList());
    }
}
