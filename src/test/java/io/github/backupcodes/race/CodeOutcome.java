package io.github.backupcodes.race;

import java.util.ArrayList;
import java.util.List;

/** What became of one code: every attempt with it, by whichever session. For several threads. */
final class CodeOutcome {

    private final RaceUser user;
    private final int number;
    private final List<RequestOutcome> outcomes = new ArrayList<>();

    CodeOutcome(RaceUser user, int number) {
        this.user = user;
        this.number = number;
    }

    RaceUser member() {
        return user;
    }

    /** The position of the code in the set. */
    int number() {
        return number;
    }

    String code() {
        return user.codes().code(number);
    }

    synchronized void add(RequestOutcome outcome) {
        outcomes.add(outcome);
    }

    synchronized List<RequestOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    long grants() {
        return outcomes().stream().filter(RequestOutcome::granted).count();
    }

    /** Whether someone was told that it is used. */
    boolean saidToBeUsed() {
        return outcomes().stream().anyMatch(outcome -> outcome.refusedWith(RefusalMessage.USED));
    }

    @Override
    public String toString() {
        return user.username() + " code " + number + " " + outcomes();
    }
}
