package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.SendingLimit;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The messages that this server may still send of the blocks that it has taken, in memory. What is lost when a server stops is less
 * than a block for each limit; a limit is never exceeded.
 */
public final class SendingBlocks {

    /** Subjects of large limits are realms and calling codes, of which there are few. */
    private static final int MOST_ENTRIES = 10_000;

    private final Map<Key, Integer> left = new LinkedHashMap<>();

    private record Key(SendingLimit limit, String subject, long window) {}

    /** Takes one message of a block; false if this server has none left. */
    synchronized boolean take(SendingLimit limit, String subject, long window) {
        Key key = new Key(limit, subject, window);
        Integer messages = left.get(key);
        if (messages == null) {
            return false;
        }
        if (messages == 1) {
            left.remove(key);
        } else {
            left.put(key, messages - 1);
        }
        return true;
    }

    /** Adds the rest of a block that was just taken. */
    synchronized void add(SendingLimit limit, String subject, long window, int messages, Instant now) {
        removeEnded(now);
        left.merge(new Key(limit, subject, window), messages, Integer::sum);
    }

    /** Gives one message back. */
    synchronized void giveBack(SendingLimit limit, String subject, long window, Instant now) {
        if (limit.windowAt(now) == window) {
            left.merge(new Key(limit, subject, window), 1, Integer::sum);
        }
    }

    private void removeEnded(Instant now) {
        left.keySet().removeIf(key -> key.limit.windowAt(now) != key.window);
        Iterator<Key> oldest = left.keySet().iterator();
        while (left.size() >= MOST_ENTRIES && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }
}
