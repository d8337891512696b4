package io.github.backupcodes.support.heap;

import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.server.KeycloakServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * All that lives in the memory of a running server, in a file that is deleted in the end.
 *
 * @param file where it is
 */
public record HeapDump(Path file) implements AutoCloseable {

    private static final long LIMIT_SECONDS = 120;

    /** Collects the garbage and writes what is left. */
    public static HeapDump of(KeycloakServer server) {
        Path file = server.home().resolveSibling(server.home().getFileName() + ".hprof");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.jvm()),
                "GC.heap_dump",
                file.toString());
        return Unchecked.get(() -> {
            Files.deleteIfExists(file);
            Process dump = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!dump.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || !Files.exists(file)) {
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
