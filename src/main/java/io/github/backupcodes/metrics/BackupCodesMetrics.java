package io.github.backupcodes.metrics;

import java.util.function.Supplier;

/**
 * Counters and timers of this server, shown at Keycloak's metrics endpoint if that is enabled. Labels are the realm, as
 * in Keycloak's own counters, and values from short lists: never a user, a client or an address, which are unlimited in
 * number.
 */
public interface BackupCodesMetrics {

    /** What a slow hash is computed for: the label {@code work}. */
    enum Work {
        /** A typed code: one hash, or two. */
        ATTEMPT,
        /** A new set: one hash per code. */
        SET
    }

    /** The result of a mail: the label {@code outcome}. */
    enum Outcome {
        /** The mail server accepted it. */
        SENT,
        /** It could not be composed, or the mail server did not accept it. */
        FAILED,
        /** Too many mails were waiting. */
        DROPPED
    }

    /** The metrics of this server; without effect if it has no Micrometer. */
    static BackupCodesMetrics ofThisServer() {
        try {
            return new MicrometerMetrics();
        } catch (NoClassDefFoundError e) {
            return new NoOpMetrics();
        }
    }

    /** Counts a set that was saved. */
    void setMade(String realm);

    /** Counts a code that was accepted. */
    void accepted(String realm);

    /** Counts a code that was refused, for the reason given in the event. */
    void refused(String realm, String reason);

    /** Counts a pause that failed attempts started. */
    void paused(String realm);

    /** Counts a mail of some kind with its result. */
    void mail(String realm, String kind, Outcome outcome);

    /** Runs the work and measures its time. */
    <T> T timed(Work work, Supplier<T> hashing);
}
