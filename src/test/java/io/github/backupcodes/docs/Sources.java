package io.github.backupcodes.docs;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The sources, to see whether what a page names is there. */
final class Sources {

    private Sources() {}

    /** The text of a class of the extension; none where there is no such class. */
    static Optional<String> ofMain(String simpleName) {
        return in("src/main/java", simpleName);
    }

    /** The text of a class of the tests; none where there is no such class. */
    static Optional<String> ofTests(String simpleName) {
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
