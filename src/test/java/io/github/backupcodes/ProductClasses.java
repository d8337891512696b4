package io.github.backupcodes;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes of the extension, without its tests. */
public final class ProductClasses {

    /** The root package. */
    static final String ROOT = "io.github.backupcodes";

    private static final Path SOURCES = Path.of("src/main/java", ROOT.split("\\."));
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?" + Pattern.quote(ROOT) + "\\.([a-z]+(?:\\.[a-z]+)*)\\.[A-Z]");

    /** All of them. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private ProductClasses() {}

    /** All of them, with what they inherit from the server and its libraries. */
    static JavaClasses withInherited() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(true);
            return new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ROOT);
        });
    }

    /** Which package uses which, by its imports: classes do not tell whose constants they have. */
    public static Map<String, Set<String>> packages() throws IOException {
        Map<String, Set<String>> uses = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String own = SOURCES.relativize(file.getParent()).toString().replace('/', '.');
                Set<String> targets = uses.computeIfAbsent(own, name -> new TreeSet<>());
                IMPORT.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .filter(target -> !target.equals(own))
                        .forEach(targets::add);
            }
        }
        return uses;
    }

    /**
     * The same without what follows from the rest: a package that another one uses only through a third, or besides it, is left
     * out.
     *
     * @param uses which package uses which, without cycles
     */
    public static Map<String, Set<String>> withoutDetours(Map<String, Set<String>> uses) {
        Map<String, Set<String>> direct = new TreeMap<>();
        uses.forEach((user, targets) -> direct.put(
                user,
                targets.stream()
                        .filter(target -> targets.stream()
                                .noneMatch(other -> !other.equals(target) && reaches(uses, other, target)))
                        .collect(Collectors.toCollection(TreeSet::new))));
        return direct;
    }

    private static boolean reaches(Map<String, Set<String>> uses, String from, String to) {
        return uses.getOrDefault(from, Set.of()).stream().anyMatch(next -> next.equals(to) || reaches(uses, next, to));
    }
}
