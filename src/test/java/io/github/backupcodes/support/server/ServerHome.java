package io.github.backupcodes.support.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The directory of one server: its copy of the distribution, what it adds to it, its data and its log. */
record ServerHome(Path directory) {

    private static final String LOG = "server.log";

    ServerLog log() {
        return new ServerLog(directory.resolve(LOG));
    }

    /** Beside the directory, and so not in a copy of it. */
    Path sibling(String suffix) {
        return directory.resolveSibling(directory.getFileName() + suffix);
    }

    /**
     * Fresh data on a copy of the distribution. A copy that has run before is kept, for then Keycloak need not build
     * itself again when nothing has changed.
     */
    void fill(ServerHomeContents contents) throws IOException {
        if (contents.keepData()) {
            copyUnlessThere(contents);
        } else {
            ServerLog.putAway(log().file());
            copyAnew(contents);
            Files.deleteIfExists(log().file());
        }
        Files.deleteIfExists(marker());
        replace("providers", contents.providers());
        replace("data/import", contents.imports());
        KeycloakDistribution.delete(directory.resolve("themes"));
        Files.createDirectories(directory.resolve("themes"));
        for (Path theme : contents.themes()) {
            new KeycloakDistribution(theme)
                    .copyTo(directory.resolve("themes").resolve(String.valueOf(theme.getFileName())));
        }
    }

    /** Left by a server that came up, so that a copy broken in the middle of its build is not used again. */
    void markBuilt() throws IOException {
        Files.writeString(marker(), "", StandardCharsets.UTF_8);
    }

    private void copyAnew(ServerHomeContents contents) throws IOException {
        if (contents.original().isPresent()) {
            KeycloakDistribution.delete(directory);
            new KeycloakDistribution(contents.original().get()).copyTo(directory);
        } else {
            copyUnlessThere(contents);
            KeycloakDistribution.delete(directory.resolve("data"));
        }
    }

    private void copyUnlessThere(ServerHomeContents contents) throws IOException {
        KeycloakDistribution wanted = new KeycloakDistribution(contents.distribution());
        if (!Files.exists(marker()) || !wanted.isSameVersion(directory)) {
            KeycloakDistribution.delete(directory);
            wanted.copyTo(directory);
        }
    }

    private void replace(String name, List<Path> files) throws IOException {
        Path target = directory.resolve(name);
        KeycloakDistribution.delete(target);
        Files.createDirectories(target);
        for (Path file : files) {
            // with its time, by which Keycloak tells whether it has changed
            Files.copy(file, target.resolve(String.valueOf(file.getFileName())), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private Path marker() {
        return sibling(".built");
    }
}
