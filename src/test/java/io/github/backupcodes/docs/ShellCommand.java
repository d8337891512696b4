package io.github.backupcodes.docs;

import io.github.backupcodes.support.Unchecked;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of the operating system, run to its end. */
final class ShellCommand {

    private static final long LIMIT_SECONDS = 180;

    private ShellCommand() {}

    /** Runs it. */
    static String run(List<String> words, Map<String, String> environment, String input) {
        return Unchecked.get(() -> {
            Path output = Files.createTempFile("command", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
            // what the caller's shell has set for a Keycloak of its own must not leak in
            builder.environment().keySet().removeIf(key -> key.startsWith("KC_"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String printed = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(
                        words.get(0) + (ended ? " failed" : " took too long") + ":\n" + printed);
            }
            return printed;
        });
    }
}
