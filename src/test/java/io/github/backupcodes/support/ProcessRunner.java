package io.github.backupcodes.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command of the operating system to its end, and reads what it prints. */
public final class ProcessRunner {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private ProcessRunner() {}

    /**
     * Runs a command that must succeed.
     *
     * @return what it prints, errors included
     */
    public static String run(List<String> words, Map<String, String> environment, String input) {
        Result result = Unchecked.get(() -> result(words, environment, input));
        if (!result.succeeded()) {
            throw new IllegalStateException(words.get(0) + " failed or took too long:\n" + result.printed());
        }
        return result.printed();
    }

    /** Sends a command to a JVM with {@code jcmd}; it must succeed. */
    public static String jcmd(long pid, String... words) {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> command = new ArrayList<>(List.of(program.toString(), Long.toString(pid)));
        command.addAll(List.of(words));
        return run(command, Map.of(), "");
    }

    /** Runs a command, whatever comes of it. */
    public static Result result(List<String> words, Map<String, String> environment, String input)
            throws IOException, InterruptedException {
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
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(output);
        Files.delete(output);
        return new Result(ended && process.exitValue() == 0, printed);
    }

    /** Ends a process, by force if it takes too long. */
    public static void end(Process process, Duration limit) {
        process.destroy();
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** How a command ended, and what it printed. */
    public record Result(boolean succeeded, String printed) {}
}
