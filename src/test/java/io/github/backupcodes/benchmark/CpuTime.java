package io.github.backupcodes.benchmark;

import java.time.Duration;

/** CPU time of processes on this machine. */
final class CpuTime {

    private CpuTime() {}

    /** What a process has used so far, in the kernel too; not its children. */
    static Duration of(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("no CPU time of " + process.pid()));
    }

    /** What this process has used so far: that of the load. */
    static Duration ofDriver() {
        return of(ProcessHandle.current());
    }
}
