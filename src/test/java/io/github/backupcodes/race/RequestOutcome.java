package io.github.backupcodes.race;

import java.time.Duration;

/**
 * What someone got for a code.
 *
 * @param text what the page said, for a refusal; what went wrong, for an error
 */
record RequestOutcome(Kind kind, String text, Duration took) {

    enum Kind {
        /** Through to the application, or to the page that follows a good code. */
        GRANTED,
        /** The page again, with a text at the field. */
        REFUSED,
        /** Anything else: 5xx, JSON, a page without that text, no answer. */
        ERROR
    }

    boolean granted() {
        return kind == Kind.GRANTED;
    }

    boolean refusedWith(RefusalMessage refusal) {
        return kind == Kind.REFUSED && refusal.says(text);
    }
}
