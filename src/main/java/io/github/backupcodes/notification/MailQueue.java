package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Limits the mails that wait to be sent. Keycloak's thread pools have unbounded queues; this limit keeps a mail server
 * that hangs from exhausting the memory of this server.
 */
final class MailQueue {

    private static final Logger LOG = Logger.getLogger(MailQueue.class);

    /** A queued mail is well under a kilobyte. */
    private static final int MAX_WAITING = 1_000;

    private final BackupCodesMetrics metrics;
    private final Semaphore slots;

    MailQueue(BackupCodesMetrics metrics) {
        this(metrics, MAX_WAITING);
    }

    MailQueue(BackupCodesMetrics metrics, int maxWaiting) {
        this.metrics = metrics;
        this.slots = new Semaphore(maxWaiting);
    }

    /**
     * Never waits and never throws. If the queue is full, the mail is dropped without an event, because these would be
     * a flood too.
     */
    void add(Runnable delivery, MailJob job, Executor pool) {
        if (!slots.tryAcquire()) {
            drop(job, "too many mails are waiting");
            return;
        }
        try {
            pool.execute(() -> {
                try {
                    delivery.run();
                } finally {
                    slots.release();
                }
            });
        } catch (RejectedExecutionException e) {
            slots.release();
            drop(job, "the server is stopping");
        }
    }

    private void drop(MailJob job, String reason) {
        LOG.warnf(
                "The mail %s to user %s of realm %s was dropped: %s",
                job.notification().kind(), job.userId(), job.realmName(), reason);
        metrics.mail(job.realmName(), job.notification().kind(), BackupCodesMetrics.Outcome.DROPPED);
    }
}
