package io.github.backupcodes.support.heap;

import io.github.backupcodes.support.ProcessRunner;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.server.KeycloakServer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All that lives in the memory of a running server, in a file that is deleted in the end.
 *
 * @param file where it is
 */
public record HeapDump(Path file) implements AutoCloseable {

    /** Collects the garbage and writes what is left. */
    public static HeapDump of(KeycloakServer server) {
        Path file = server.home().resolveSibling(server.home().getFileName() + ".hprof");
        return Unchecked.get(() -> {
            Files.deleteIfExists(file);
            ProcessRunner.jcmd(server.jvm(), "GC.heap_dump", file.toString());
            if (!Files.exists(file)) {
                throw new IllegalStateException("no dump of " + server.home());
            }
            return new HeapDump(file);
        });
    }

    /** Deletes the file. */
    @Override
    public void close() {
        Unchecked.run(() -> Files.deleteIfExists(file));
    }
}
