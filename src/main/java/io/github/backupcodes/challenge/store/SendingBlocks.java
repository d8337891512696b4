package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.SendingLimit;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What this server knows of the limits of sending, in memory: the messages that it may still send of the blocks that it has taken, and
 * the windows that it has found full. What is lost when a server stops is less than a block for each limit; a limit is never
 * exceeded.
 */
public final class SendingBlocks {

    /** Enough for all windows that are full at once; those of one user or address are small. */
    private static final int MOST_ENTRIES = 10_000;

    private final Map<Window, Integer> left = new LinkedHashMap<>();
    private final Set<Window> full = new HashSet<>();

    /** A window of a limit for a subject. */
    record Window(SendingLimit limit, String subject, long number) {

        private boolean hasEnded(Instant now) {
            return limit.windowAt(now) != number;
        }
    }

    /** Takes one message of a block; false if this server has none left. */
    synchronized boolean take(Window window) {
        Integer messages = left.get(window);
        if (messages == null) {
            return false;
        }
        if (messages == 1) {
            left.remove(window);
        } else {
            left.put(window, messages - 1);
        }
        return true;
    }

    /** Adds messages: the rest of a block that was just taken, or one that was not sent. */
    synchronized void add(Window window, int messages, Instant now) {
        if (window.hasEnded(now)) {
            return;
        }
        left.keySet().removeIf(other -> other.hasEnded(now));
        Iterator<Window> oldest = left.keySet().iterator();
        while (left.size() >= MOST_ENTRIES && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
        left.merge(window, messages, Integer::sum);
    }

    /** Whether this server has found a window full. A place may have been given back since. */
    synchronized boolean wasFull(Window window) {
        return full.contains(window);
    }

    /** Remembers that a window is full. */
    synchronized void noteFull(Window window, Instant now) {
        full.removeIf(other -> other.hasEnded(now));
        if (full.size() < MOST_ENTRIES) {
            full.add(window);
        }
    }
}
