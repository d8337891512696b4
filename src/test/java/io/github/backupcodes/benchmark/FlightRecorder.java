package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.ProcessRunner;
import java.nio.file.Path;

/** Java Flight Recorder in another JVM, turned on while something is going on there. */
record FlightRecorder(long pid) {

    /** For the JVM that is recorded: a request of Keycloak's is deeper than the usual 64 frames. */
    static final String OPTION = "-XX:FlightRecorderOptions=stackdepth=512";

    private static final String NAME = "name=benchmark";

    /** What the JVM was doing, a hundred times a second. */
    CpuProfile record(Path file, Runnable work) {
        ProcessRunner.jcmd(pid, "JFR.start", NAME, "settings=profile");
        try {
            work.run();
        } finally {
            ProcessRunner.jcmd(pid, "JFR.stop", NAME, "filename=" + file);
        }
        return CpuProfile.read(file);
    }
}
