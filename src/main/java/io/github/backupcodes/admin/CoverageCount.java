package io.github.backupcodes.admin;

import io.github.backupcodes.code.GuessLimit;
import io.github.backupcodes.credential.SetSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts users as they come; the rows of a user come in a row. */
final class CoverageCount {

    private static final String NONE = "none";
    private static final String EXPIRED = "expired";

    private final Instant now = Instant.now();
    private final int lowThreshold;
    private final int first;
    private final int max;
    private final List<Coverage.Uncovered> page = new ArrayList<>();
    private long usable;
    private long low;
    private long expired;
    private long none;

    private @Nullable String last;

    CoverageCount(int lowThreshold, int first, int max) {
        this.lowThreshold = lowThreshold;
        this.first = first;
        this.max = max;
    }

    /** A user with a second factor, and the public data of a set; null without one. Of several the first counts. */
    void user(String id, String name, @Nullable String data) {
        if (!id.equals(last)) {
            last = id;
            count(id, name, data == null ? null : SetSummary.of(data));
        }
    }

    private void count(String id, String name, @Nullable SetSummary set) {
        if (set == null || set.remaining() <= 0 || set.inARow() >= GuessLimit.MOST_IN_A_ROW) {
            list(id, name, NONE);
            none++;
        } else if (set.expiresAt() != null && !now.isBefore(set.expiresAt())) {
            list(id, name, EXPIRED);
            expired++;
        } else if (set.remaining() <= lowThreshold && set.remaining() < set.total()) {
            low++;
        } else {
            usable++;
        }
    }

    private void list(String id, String name, String state) {
        if (none + expired >= first && page.size() < max) {
            page.add(new Coverage.Uncovered(id, name, state));
        }
    }

    Coverage result() {
        return new Coverage(usable + low + expired + none, usable, low, expired, none, List.copyOf(page));
    }
}
