package io.github.backupcodes.race;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What came of the rounds of one scenario. */
final class RoundResults {

    /** The head of the table. */
    static final String HEAD =
            "| Scenario | Rounds | Code used twice | Updates lost | 5xx | Other failures | Median ms | p99 ms |\n"
                    + "|---|---:|---:|---:|---:|---:|---:|---:|";

    private final String scenario;
    private final List<Duration> times = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int rounds;
    private int doubleUses;
    private int lostUpdates;
    private int errors;

    RoundResults(String scenario) {
        this.scenario = scenario;
    }

    /** Counts a round, its times, and the answers that no one should get. */
    void round(List<RequestOutcome> outcomes) {
        rounds++;
        outcomes.forEach(outcome -> times.add(outcome.took()));
        for (RequestOutcome outcome : outcomes) {
            if (outcome.kind() == RequestOutcome.Kind.ERROR) {
                errors++;
                faults.add("round " + rounds + ": " + outcome.text());
            }
        }
    }

    /** A code that opened more than once, or that opened after its set was replaced. */
    void doubleUse(String what) {
        doubleUses++;
        faults.add("round " + rounds + ": double use, " + what);
    }

    /** A code that opened, but is not stored as used. */
    void lostUpdate(String what) {
        lostUpdates++;
        faults.add("round " + rounds + ": lost update, " + what);
    }

    /** Anything else that should not be. */
    void other(String what) {
        faults.add("round " + rounds + ": " + what);
    }

    /** Where it was run. */
    String ground() {
        return scenario.split(":", 2)[0];
    }

    /** The same under the name of its ground alone. */
    RoundResults asGround() {
        return new RoundResults(ground()).with(this);
    }

    /** Adds what came of another scenario. */
    RoundResults with(RoundResults other) {
        rounds += other.rounds;
        doubleUses += other.doubleUses;
        lostUpdates += other.lostUpdates;
        errors += other.errors;
        times.addAll(other.times);
        faults.addAll(other.faults);
        return this;
    }

    /** All that went wrong. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** A line of the table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %.1f | %.1f |",
                scenario,
                rounds,
                doubleUses,
                lostUpdates,
                errors,
                faults.size() - doubleUses - lostUpdates - errors,
                percentile(50),
                percentile(99));
    }

    private double percentile(int percent) {
        if (times.isEmpty()) {
            return 0;
        }
        List<Duration> sorted = times.stream().sorted(Comparator.naturalOrder()).toList();
        int index = (int) Math.ceil(percent / 100.0 * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)).toNanos() / 1e6;
    }
}
