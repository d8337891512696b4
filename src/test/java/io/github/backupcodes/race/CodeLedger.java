package io.github.backupcodes.race;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The codes of a load, and all that went wrong on the way. For several threads. */
final class CodeLedger {

    /** As pages describe themselves, alone or at the end of a complaint. */
    private static final Pattern SERVER_ERROR = Pattern.compile("(^| on )5\\d\\d ");

    private final Deque<CodeOutcome> fresh = new ArrayDeque<>();
    private final List<CodeOutcome> tried = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> lateErrors = new ArrayList<>();
    private long recoveredAt = Long.MAX_VALUE;
    private int answers;

    /** The codes of these users, one user after the other so that their rows are met alike. */
    CodeLedger(List<RaceUser> members, int codes) {
        for (int number = 0; number < codes; number++) {
            for (RaceUser user : members) {
                fresh.add(new CodeOutcome(user, number));
            }
        }
    }

    /** The next code that no one has typed; null when they are used up. */
    synchronized @Nullable CodeOutcome next() {
        CodeOutcome codeOutcome = fresh.poll();
        if (codeOutcome != null) {
            tried.add(codeOutcome);
        }
        return codeOutcome;
    }

    synchronized List<CodeOutcome> tried() {
        return List.copyOf(tried);
    }

    /** Records an attempt with a code that has just ended. */
    synchronized void add(CodeOutcome codeOutcome, RequestOutcome outcome) {
        codeOutcome.add(outcome);
        if (outcome.kind() == RequestOutcome.Kind.ERROR) {
            error(outcome.text(), System.nanoTime() - outcome.took().toNanos());
        } else {
            answers++;
        }
    }

    /** Records a sign-in that did not come to the page for the code, or a grant without tokens. */
    synchronized void error(String what, long began) {
        errors.add(what);
        if (began - recoveredAt > 0 && recoveredAt != Long.MAX_VALUE) {
            lateErrors.add(what);
        }
    }

    /** From now on nothing may go wrong. */
    synchronized void recovered() {
        recoveredAt = System.nanoTime();
    }

    /** How many attempts were answered: granted or refused. */
    synchronized int answers() {
        return answers;
    }

    synchronized long serverErrors() {
        return errors.stream()
                .filter(error -> SERVER_ERROR.matcher(error).find())
                .count();
    }

    synchronized long otherErrors() {
        return errors.size() - serverErrors();
    }

    /** The kinds of errors that there were. */
    synchronized List<String> errors() {
        return errors.stream().distinct().limit(20).toList();
    }

    /** What went wrong although it began after the service had recovered. */
    synchronized List<String> lateErrors() {
        return List.copyOf(lateErrors);
    }

    Stream<RequestOutcome> outcomes() {
        return tried().stream().flatMap(codeOutcome -> codeOutcome.outcomes().stream());
    }

    Duration longest() {
        return outcomes().map(RequestOutcome::took).max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
