package io.github.backupcodes.support.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be in the directory of a server.
 *
 * @param original     the directory of another server, which has built itself, to be copied in its place
 * @param keepData     whether the copy and the data of an earlier server stay
 */
record ServerHomeContents(
        Path distribution,
        Optional<Path> original,
        List<Path> providers,
        List<Path> themes,
        List<Path> imports,
        boolean keepData) {}
