package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * The mails that wait to be sent. Keycloak's pools of threads have queues without an end; here so many may wait, for a mail
 * server that hangs must not take the memory of this one.
 */
final class MailQueue {

    private static final Logger LOG = Logger.getLogger(MailQueue.class);

    /** A letter is well under a kilobyte. */
    private static final int MOST_WAITING = 1_000;

    private final BackupCodesMetrics metrics;
    private final Semaphore places;

    MailQueue(BackupCodesMetrics metrics) {
        this(metrics, MOST_WAITING);
    }

    MailQueue(BackupCodesMetrics metrics, int mostWaiting) {
        this.metrics = metrics;
        this.places = new Semaphore(mostWaiting);
    }

    /** Never waits and never throws. What finds no place is dropped: an event for each would be a flood of its own. */
    void add(Runnable delivery, MailJob job, Executor pool) {
        if (!places.tryAcquire()) {
            drop(job, "too many mails are waiting");
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
            drop(job, "the server is stopping");
        }
    }

    private void drop(MailJob job, String reason) {
        LOG.warnf(
                "The mail %s to user %s of realm %s is not sent: %s",
                job.notification().kind(), job.userId(), job.realmName(), reason);
        metrics.mail(job.realmName(), job.notification().kind(), BackupCodesMetrics.Outcome.DROPPED);
    }
}
