package io.github.backupcodes.support.server;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The log of a server.
 *
 * @param file the file itself
 */
public record ServerLog(Path file) {

    /** Keeps the log of an earlier server in {@code target/keycloak-logs}. */
    static void putAway(Path old) throws IOException {
        if (Files.exists(old)) {
            Path kept = Files.createDirectories(BuildFiles.directory().resolve("keycloak-logs"));
            String name = old.getName(old.getNameCount() - 2) + "-"
                    + Files.getLastModifiedTime(old).toMillis() + ".log";
            Files.move(old, kept.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The place that the log has reached. */
    public long mark() {
        return Unchecked.get(() -> Files.exists(file) ? Files.size(file) : 0);
    }

    /**
     * What was logged after a mark.
     *
     * @param mark what {@link #mark()} gave; 0 for all
     */
    public String since(long mark) {
        return Unchecked.get(() -> {
            if (!Files.exists(file)) {
                return "";
            }
            try (InputStream log = Files.newInputStream(file)) {
                log.skipNBytes(Math.min(mark, Files.size(file)));
                return new String(log.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    /** The last lines. */
    public String tail(int lines) {
        List<String> all = since(0).lines().toList();
        return String.join(System.lineSeparator(), all.subList(Math.max(0, all.size() - lines), all.size()));
    }
}
