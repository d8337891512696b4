package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.Unchecked;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** What one side took for a few seconds of work. */
record Measurement(List<Duration> times, Duration wall, ServerMeter.Usage usage, Duration driver) {

    /** Prepares all, then runs them. */
    static Measurement of(Variant variant, int count, int connections) {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Runnable> ready = Unchecked.await(Stream.generate(() -> threads.submit(variant.task()::prepare))
                    .limit(count)
                    .toList());
            ServerMeter.Count used = variant.meter().start();
            Duration driver = CpuTime.ofDriver();
            long began = System.nanoTime();
            List<Duration> times = Unchecked.await(ready.stream()
                    .map(work -> threads.submit(() -> timed(work)))
                    .toList());
            Duration wall = Duration.ofNanos(System.nanoTime() - began);
            Duration driven = CpuTime.ofDriver().minus(driver);
            return new Measurement(times, wall, used.end(), driven);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Duration timed(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** How many a second. */
    double rate() {
        return times.size() / seconds(wall);
    }

    /** Seconds for each, one after the other. */
    double time() {
        return times.stream().mapToDouble(Measurement::seconds).average().orElseThrow();
    }

    /** Seconds of CPU time of the servers for each. */
    double cpu() {
        return seconds(usage.cpu()) / times.size();
    }

    /** Bytes that the servers allocated for each. */
    double allocated() {
        return (double) usage.allocated() / times.size();
    }

    /** Seconds for each that the servers say they spent on the hash of the code. */
    double hash() {
        return usage.hashes().seconds() / times.size();
    }

    /** The part of the CPU time of all, the database included, that the load itself took. */
    double driverShare() {
        double own = seconds(driver);
        return own / (own + seconds(usage.cpu()) + seconds(usage.database()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
