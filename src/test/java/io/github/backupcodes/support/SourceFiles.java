package io.github.backupcodes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The sources, to see whether what a page names is there. */
public final class SourceFiles {

    private SourceFiles() {}

    /** A class, of the extension or of the tests. */
    public static Optional<String> of(String simpleName) {
        return in("src", simpleName);
    }

    /** A class of the extension. */
    public static Optional<String> ofMain(String simpleName) {
        return in("src/main/java", simpleName);
    }

    /** A class of the tests. */
    public static Optional<String> ofTests(String simpleName) {
        return in("src/test/java", simpleName);
    }

    private static Optional<String> in(String root, String simpleName) {
        try (Stream<Path> files = Files.walk(BuildFiles.project().resolve(root))) {
            Optional<Path> found =
                    files.filter(file -> file.endsWith(simpleName + ".java")).findFirst();
            return found.isPresent() ? Optional.of(Files.readString(found.get())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
