package io.github.backupcodes.support.server;

import io.github.backupcodes.support.Unchecked;
import java.util.ArrayList;
import java.util.List;

/** Signals of POSIX, of which Java itself sends two only. */
public final class ProcessSignals {

    private ProcessSignals() {}

    /** Sends one to processes that this JVM has started, in this order. Some may have ended meanwhile. */
    public static void send(String signal, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(handle -> command.add(Long.toString(handle.pid())));
        Unchecked.run(() -> new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor());
    }
}
