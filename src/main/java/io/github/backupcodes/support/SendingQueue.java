package io.github.backupcodes.support;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Queues messages that are sent in the background. Keycloak's thread pools have unbounded queues; this limit keeps a mail server that
 * hangs from exhausting the memory of this server.
 *
 * <p>The shares, for example those of realms, take turns, so that many messages of one delay no other. If the queue is full, a message
 * is dropped: an older one to the same recipient if there is one, otherwise the oldest of the longest share.
 */
public final class SendingQueue {

    private static final Logger LOG = Logger.getLogger(SendingQueue.class);

    /** Less than a kilobyte each. */
    private static final int MAX_WAITING = 1_000;

    private final int maxWaiting;
    private final int maxThreads;
    private final int maxThreadsOfShare;
    private final Map<String, Deque<Task>> shares = new LinkedHashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private int waiting;
    private int threads;

    /** A message. It never waits for another of the same queue. */
    public interface Task extends Runnable {

        /** The name of its share. */
        String share();

        /** Who gets it, for example the id of a user. */
        String recipient();

        /** Called instead of {@link #run} if it is dropped. */
        void dropped(String reason);
    }

    /**
     * Creates a queue for up to 1,000 messages.
     *
     * @param maxThreads        how many messages are sent at the same time, at most
     * @param maxThreadsOfShare how many of these of one share: one whose mail server hangs delays no other
     */
    public SendingQueue(int maxThreads, int maxThreadsOfShare) {
        this(maxThreads, maxThreadsOfShare, MAX_WAITING);
    }

    SendingQueue(int maxThreads, int maxThreadsOfShare, int maxWaiting) {
        this.maxThreads = maxThreads;
        this.maxThreadsOfShare = maxThreadsOfShare;
        this.maxWaiting = maxWaiting;
    }

    /** Adds a message, and has a thread of the pool send it. Never waits and never throws. */
    public void add(Task task, Executor pool) {
        Task dropped = enqueue(task);
        try {
            if (dropped != null) {
                pool.execute(() -> dropped.dropped("too many messages are waiting"));
            }
            pool.execute(this::drain);
        } catch (RejectedExecutionException e) {
            if (remove(task)) {
                task.dropped("the server is stopping");
            }
        }
    }

    /** How many messages wait. */
    public synchronized int waiting() {
        return waiting;
    }

    private synchronized @Nullable Task enqueue(Task task) {
        Task dropped = waiting < maxWaiting ? null : drop(task);
        shares.computeIfAbsent(task.share(), name -> new ArrayDeque<>()).add(task);
        waiting++;
        return dropped;
    }

    private @Nullable Task drop(Task added) {
        Deque<Task> own = shares.getOrDefault(added.share(), new ArrayDeque<>());
        Task dropped = own.stream()
                .filter(task -> task.recipient().equals(added.recipient()))
                .findFirst()
                .or(() -> shares.values().stream()
                        .max(Comparator.comparingInt(Deque::size))
                        .map(Deque::peek))
                .orElse(null);
        if (dropped != null) {
            remove(dropped);
        }
        return dropped;
    }

    private synchronized boolean remove(Task task) {
        Deque<Task> share = shares.get(task.share());
        if (share == null || !share.remove(task)) {
            return false;
        }
        waiting--;
        if (share.isEmpty()) {
            shares.remove(task.share());
        }
        return true;
    }

    private void drain() {
        if (!begin()) {
            return;
        }
        boolean ended = false;
        try {
            for (Task task = next(); task != null; task = next()) {
                try {
                    run(task);
                } finally {
                    endTask(task);
                }
            }
            ended = true;
        } finally {
            if (!ended) {
                endThread();
            }
        }
    }

    private static void run(Task task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.errorf("A message was not sent: %s", e.getClass().getName());
            LOG.debug("Stack trace of the failure", e);
        }
    }

    private synchronized void endTask(Task task) {
        running.computeIfPresent(task.share(), (share, count) -> count == 1 ? null : count - 1);
    }

    private synchronized void endThread() {
        threads--;
    }

    /** Enough threads that run already find the message. */
    private synchronized boolean begin() {
        if (threads >= maxThreads) {
            return false;
        }
        threads++;
        return true;
    }

    /**
     * The next message of the share whose turn it is. Without one, the thread has ended: a thread that sends a message of a share goes
     * on with its next.
     */
    private synchronized @Nullable Task next() {
        Optional<String> turn = shares.keySet().stream()
                .filter(share -> running.getOrDefault(share, 0) < maxThreadsOfShare)
                .findFirst();
        if (turn.isEmpty()) {
            threads--;
            return null;
        }
        Deque<Task> share = Objects.requireNonNull(shares.remove(turn.get()));
        Task task = share.remove();
        waiting--;
        if (!share.isEmpty()) {
            // it comes again after the others
            shares.put(turn.get(), share);
        }
        running.merge(turn.get(), 1, Integer::sum);
        return task;
    }
}
