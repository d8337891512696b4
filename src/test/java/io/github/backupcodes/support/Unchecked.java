package io.github.backupcodes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Runs what reads, writes or waits, where a test would have to fail anyway. */
public final class Unchecked {

    private Unchecked() {}

    /** Returns what an action gives; its {@link IOException} is wrapped, and an interrupt ends it. */
    public static <T> T get(Action<T> action) {
        try {
            return action.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The same without a result. */
    public static void run(Step step) {
        get(() -> {
            step.run();
            return true;
        });
    }

    /** Waits for what other threads do, in this order; what one of them throws is wrapped. */
    public static <T> List<T> await(List<? extends Future<? extends T>> futures) {
        return get(() -> {
            List<T> results = new ArrayList<>();
            for (Future<? extends T> future : futures) {
                try {
                    results.add(future.get());
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
            return results;
        });
    }

    /** Gives something. */
    @FunctionalInterface
    public interface Action<T> {
        T get() throws IOException, InterruptedException;
    }

    /** Does something. */
    @FunctionalInterface
    public interface Step {
        void run() throws IOException, InterruptedException;
    }
}
