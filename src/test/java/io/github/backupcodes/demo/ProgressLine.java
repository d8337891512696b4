package io.github.backupcodes.demo;

import java.time.Duration;
import java.util.function.Consumer;

/** Says every few seconds that the start goes on. */
final class ProgressLine {

    private static final long STEP_SECONDS = 5;

    private final Consumer<String> out;
    private long said;

    ProgressLine(Consumer<String> out) {
        this.out = out;
    }

    void at(Duration elapsed) {
        long steps = elapsed.toSeconds() / STEP_SECONDS;
        if (steps > said) {
            said = steps;
            out.accept("  ... " + elapsed.toSeconds() + " s");
        }
    }
}
