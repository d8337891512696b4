package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.Meters;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * The mails that wait to be sent. Keycloak's pools of threads have queues without an end; here so many may wait, for a mail
 * server that hangs must not take the memory of this one.
 */
final class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    /** A letter is well under a kilobyte. */
    private static final int MOST_WAITING = 1_000;

    private final Meters meters;
    private final Semaphore places;

    Outbox(Meters meters) {
        this(meters, MOST_WAITING);
    }

    Outbox(Meters meters, int mostWaiting) {
        this.meters = meters;
        this.places = new Semaphore(mostWaiting);
    }

    /** Never waits and never throws. What finds no place is dropped: an event for each would be a flood of its own. */
    void add(Runnable delivery, Letter letter, Executor pool) {
        if (!places.tryAcquire()) {
            drop(letter, "too many mails are waiting");
            return;
        }
        try {
            pool.execute(() -> {
                try {
                    delivery.run();
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException e) {
            places.release();
            drop(letter, "the server is stopping");
        }
    }

    private void drop(Letter letter, String reason) {
        LOG.warnf(
                "The mail %s to user %s of realm %s is not sent: %s",
                letter.notice().kind(), letter.userId(), letter.realmName(), reason);
        meters.mail(letter.realmName(), letter.notice().kind(), Meters.Outcome.DROPPED);
    }
}
