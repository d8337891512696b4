package io.github.backupcodes.metrics;

import java.util.function.Supplier;

/**
 * What is counted on this server, shown at Keycloak's metrics endpoint where that is enabled. Labels are the realm, as with
 * Keycloak's own counters, and words of a short list: never a user, a client or an address, of which there is no end.
 */
public interface BackupCodesMetrics {

    /** What a slow hash is computed for: the label {@code work}. */
    enum Work {
        /** A code that somebody typed: one hash, or two. */
        ATTEMPT,
        /** A new set: as many hashes as it has codes. */
        SET
    }

    /** What became of a mail: the label {@code outcome}. */
    enum Outcome {
        /** The mail server took it. */
        SENT,
        /** It could not be made, or the mail server did not take it. */
        FAILED,
        /** Too many mails were waiting already. */
        DROPPED
    }

    /** The meters of this server; some that count nothing where it has no Micrometer. */
    static BackupCodesMetrics ofThisServer() {
        try {
            return new MicrometerMetrics();
        } catch (NoClassDefFoundError e) {
            return new NoOpMetrics();
        }
    }

    /** A set was saved. */
    void setMade(String realm);

    /** A code was accepted. */
    void accepted(String realm);

    /** A code was refused, for a reason as in the event. */
    void refused(String realm, String reason);

    /** Codes in vain have brought a pause. */
    void paused(String realm);

    /** A mail of some kind has come to its end. */
    void mail(String realm, String kind, Outcome outcome);

    /** Does the work and takes its time. */
    <T> T timed(Work work, Supplier<T> hashing);
}
