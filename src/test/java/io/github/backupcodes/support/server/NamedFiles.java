package io.github.backupcodes.support.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Files and directories of this machine that options name. A server in a container finds them in the same place: the
 * tests need not know that it has files of its own.
 */
record NamedFiles(Set<Path> paths) {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[=,;:\\s]+");
    private static final List<Path> OF_THE_CONTAINER =
            List.of(Path.of("/dev"), Path.of("/proc"), Path.of("/opt/keycloak"));

    static NamedFiles in(Collection<String> options) {
        return new NamedFiles(options.stream()
                .flatMap(BETWEEN_WORDS::splitAsStream)
                .filter(word -> word.startsWith("/"))
                .map(word -> Path.of(word).normalize())
                // no one means a whole tree of the system
                .filter(path -> path.getNameCount() > 1)
                .filter(path -> OF_THE_CONTAINER.stream().noneMatch(path::startsWith))
                .filter(Files::exists)
                .collect(Collectors.toSet()));
    }

    /** Those that are not below a directory. */
    NamedFiles outside(Path directory) {
        return new NamedFiles(
                paths.stream().filter(path -> !path.startsWith(directory)).collect(Collectors.toSet()));
    }
}
