package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.Unchecked;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java Flight Recorder in another JVM, turned on while something is going on there. */
record FlightRecorder(long pid) {

    /** For the JVM that is recorded: a request of Keycloak's is deeper than the usual 64 frames. */
    static final String OPTION = "-XX:FlightRecorderOptions=stackdepth=512";

    private static final String NAME = "name=benchmark";

    /** What the JVM was doing, a hundred times a second. */
    CpuProfile record(Path file, Runnable work) {
        jcmd("JFR.start", NAME, "settings=profile");
        try {
            work.run();
        } finally {
            jcmd("JFR.stop", NAME, "filename=" + file);
        }
        return CpuProfile.read(file);
    }

    private void jcmd(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(pid));
        command.addAll(List.of(words));
        Unchecked.run(() -> {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(answer);
            }
        });
    }
}
