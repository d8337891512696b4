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

    /**
     * The sending of a message.
     *
     * @param <E> what it throws
     */
    @FunctionalInterface
    interface Sending<E extends Exception> {

        /** Sends it. */
        void run() throws E;
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

    /**
     * Counts a message with a code.
     *
     * @param channel how it is sent: {@code email}
     * @param purpose what the code is for: {@code sign-in} or {@code set-up}
     * @param outcome {@code sent}, {@code failed}, {@code refused} or {@code dropped}
     */
    void message(String realm, String channel, String purpose, String outcome);

    /**
     * Counts a code that was entered.
     *
     * @param channel how it was sent
     * @param outcome {@code accepted}, or the reason in the event
     */
    void challenge(String realm, String channel, String outcome);

    /**
     * Counts a message that was not sent because a limit was reached.
     *
     * @param channel by which it would have been sent
     * @param kind    of the limit: {@code user}, {@code destination}, {@code address}, {@code calling_code} or {@code realm}
     */
    void messageLimited(String realm, String channel, String kind);

    /**
     * Counts a text message or a code that was sent by one.
     *
     * @param callingCode of the number, for example {@code 49}; {@code other} if the realm does not allow its country
     * @param outcome     {@code sent}, {@code failed}, {@code refused} or {@code accepted}
     */
    void sms(String realm, String callingCode, String outcome);

    /** Measures how many messages with codes wait in a queue of this server, whenever the metrics are read. */
    void measureQueue(String queue, Supplier<Integer> waiting);

    /** Measures how many entries of this extension the store of single-use objects has, whenever the metrics are read. */
    void measureSingleUseObjects(Supplier<Double> count);

    /**
     * Sends a message with a code and measures its time.
     *
     * @param <E> what the sending throws
     * @throws E of the sending
     */
    <E extends Exception> void timedSending(Sending<E> sending) throws E;

    /** Runs the work and measures its time. */
    <T> T timed(Work work, Supplier<T> hashing);
}
