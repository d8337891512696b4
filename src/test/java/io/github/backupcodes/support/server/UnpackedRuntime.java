package io.github.backupcodes.support.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the unpacked distribution in a process of this machine. */
public final class UnpackedRuntime implements ServerRuntime {

    private static final String PID = ".pid";

    @Override
    public void endLeftOver(ServerHome home) throws IOException {
        Path file = home.sibling(PID);
        if (!Files.exists(file)) {
            return;
        }
        long pid = Long.parseLong(Files.readString(file).trim());
        ProcessHandle.of(pid)
                .filter(handle -> handle.info()
                        .arguments()
                        .map(arguments -> String.join(" ", arguments)
                                .contains(home.directory().toString()))
                        .orElse(false))
                .ifPresent(handle -> {
                    handle.descendants().forEach(ProcessHandle::destroyForcibly);
                    handle.destroyForcibly();
                    handle.onExit().orTimeout(10, TimeUnit.SECONDS).join();
                });
    }

    @Override
    public ServerProcess launch(ServerSpec spec) throws IOException {
        Path home = spec.home().directory();
        ProcessBuilder builder = new ProcessBuilder(command(spec))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        spec.home().log().file().toFile()));
        Map<String, String> variables = builder.environment();
        // what the caller's shell has set for another Keycloak must not leak in
        variables.keySet().removeIf(key -> key.startsWith("KC_") || key.startsWith("JAVA_OPTS"));
        variables.put("JAVA_HOME", spec.java().map(Path::toString).orElseGet(() -> System.getProperty("java.home")));
        variables.putAll(spec.environment());
        Process process = builder.start();
        Files.writeString(spec.home().sibling(PID), Long.toString(process.pid()), StandardCharsets.UTF_8);
        return new ScriptProcess(process);
    }

    @Override
    public void mustReach(String service) {
        // what is on loopback is there for every process
    }

    private static List<String> command(ServerSpec spec) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
        List<String> command = new ArrayList<>();
        command.add(spec.home()
                .directory()
                .resolve(windows ? "bin/kc.bat" : "bin/kc.sh")
                .toString());
        command.add(spec.mode());
        command.addAll(spec.arguments());
        command.addAll(spec.listenOn("127.0.0.1"));
        return command;
    }
}
