package io.github.backupcodes.admin;

import io.github.backupcodes.code.GuessLimit;
import io.github.backupcodes.credential.BackupCodesCredentialModel;
import io.github.backupcodes.credential.SetSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts users whose credentials come one after the other, all of a user in a row. */
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

    private @Nullable String id;
    private String username = "";
    private boolean secondFactor;
    private @Nullable SetSummary set;

    CoverageCount(int lowThreshold, int first, int max) {
        this.lowThreshold = lowThreshold;
        this.first = first;
        this.max = max;
    }

    void credential(String user, String name, String type, @Nullable String data) {
        if (!user.equals(id)) {
            endOfUser();
            id = user;
            username = name;
        }
        if (type.equals(BackupCodesCredentialModel.TYPE)) {
            set = SetSummary.of(data);
        } else {
            secondFactor = true;
        }
    }

    /** What came so far is all of the last user. */
    void endOfUser() {
        if (id != null && secondFactor) {
            count(id);
        }
        id = null;
        secondFactor = false;
        set = null;
    }

    private void count(String user) {
        if (set == null || set.remaining() <= 0 || set.inARow() >= GuessLimit.MOST_IN_A_ROW) {
            list(user, NONE);
            none++;
        } else if (set.expiresAt() != null && !now.isBefore(set.expiresAt())) {
            list(user, EXPIRED);
            expired++;
        } else if (set.remaining() <= lowThreshold && set.remaining() < set.total()) {
            low++;
        } else {
            usable++;
        }
    }

    private void list(String user, String state) {
        if (none + expired >= first && page.size() < max) {
            page.add(new Coverage.Uncovered(user, username, state));
        }
    }

    Coverage result() {
        return new Coverage(usable + low + expired + none, usable, low, expired, none, List.copyOf(page));
    }
}
