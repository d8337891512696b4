package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.server.KeycloakServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What servers have used: CPU time of the whole process, as the operating system counts it (in steps of 10 ms), bytes that its
 * threads have allocated, and the time that it says it spent on hashes.
 *
 * @param jmx      where the allocations are read; null when they are not
 */
record ServerMeter(
        List<KeycloakServer> servers,
        Postgres postgres,
        @Nullable Jmx jmx) {

    /** Starts to count. */
    Count start() {
        HashTiming hashes = HashTiming.of(servers);
        Map<Long, Long> allocated = allocated();
        return new Count(hashes, allocated, database(), cpu());
    }

    private Map<Long, Long> allocated() {
        return jmx == null ? Map.of() : jmx.allocatedByThread();
    }

    private Duration cpu() {
        return servers.stream()
                .map(server -> CpuTime.of(ProcessHandle.of(server.jvm()).orElseThrow()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private Duration database() {
        // those that end meanwhile are not counted: the pool keeps its connections
        return postgres.processes().stream()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** A count that goes on. */
    final class Count {

        private final HashTiming hashes;
        private final Map<Long, Long> allocated;
        private final Duration database;
        private final Duration cpu;

        private Count(HashTiming hashes, Map<Long, Long> allocated, Duration database, Duration cpu) {
            this.hashes = hashes;
            this.allocated = new HashMap<>(allocated);
            this.database = database;
            this.cpu = cpu;
        }

        /** What was used since the start; reading it is not counted. */
        Usage end() {
            Duration used = cpu().minus(cpu);
            Duration below = database().minus(database);
            long bytes = allocated().entrySet().stream()
                    .mapToLong(thread -> thread.getValue() - allocated.getOrDefault(thread.getKey(), 0L))
                    .sum();
            return new Usage(used, below, bytes, HashTiming.of(servers).since(hashes));
        }
    }

    /** What was used. */
    record Usage(Duration cpu, Duration database, long allocated, HashTiming hashes) {}
}
