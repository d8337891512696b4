package io.github.backupcodes.benchmark;

import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a method of {@link HashWork} in a JVM of its own, so that no run warms the next one up. */
final class Jmh {

    private final Map<String, Double> allocated = new TreeMap<>();

    /** Microseconds an operation. */
    double microseconds(String method) {
        try {
            RunResult result = new Runner(new OptionsBuilder()
                            .include(HashWork.class.getName() + "\\." + method + "$")
                            .forks(1)
                            .warmupIterations(2)
                            .warmupTime(TimeValue.milliseconds(700))
                            .measurementIterations(3)
                            .measurementTime(TimeValue.milliseconds(700))
                            .addProfiler(GCProfiler.class)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .runSingle();
            Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
            if (bytes != null) {
                allocated.put(method, bytes.getScore());
            }
            return result.getPrimaryResult().getScore();
        } catch (RunnerException e) {
            throw new IllegalStateException(method, e);
        }
    }

    /** Bytes that an operation of the last run allocated. */
    double bytes(String method) {
        return allocated.getOrDefault(method, Double.NaN);
    }
}
