package io.github.backupcodes.support;

import java.io.IOException;
import java.io.UncheckedIOException;

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
