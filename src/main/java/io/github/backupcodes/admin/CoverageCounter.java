package io.github.backupcodes.admin;

import io.github.backupcodes.code.CodeSetState;
import io.github.backupcodes.credential.model.CodeSetSummary;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts users from a stream of rows in which the rows of a user are consecutive. */
final class CoverageCounter {

    private static final String NONE = "none";
    private static final String EXPIRED = "expired";

    private final Instant now = Instant.now();
    private final int lowThreshold;
    private final int first;
    private final int max;
    private final List<CoverageReport.Uncovered> page = new ArrayList<>();
    private long usable;
    private long low;
    private long expired;
    private long none;
    private long withoutVerifiedEmail;
    private long emailOnly;
    private long smsOnly;

    private @Nullable String last;

    CoverageCounter(int lowThreshold, int first, int max) {
        this.lowThreshold = lowThreshold;
        this.first = first;
        this.max = max;
    }

    /**
     * Counts a user with a second factor or a passkey. If there are several rows, the first counts.
     *
     * @param hasVerifiedEmail whether the user can be reached by mail
     * @param sentAlone        the type of codes that are sent, if they are the only second factor; null if not
     * @param data             the public data of a set; null without one
     */
    void user(String id, String name, boolean hasVerifiedEmail, @Nullable String sentAlone, @Nullable String data) {
        if (!id.equals(last)) {
            last = id;
            boolean works = count(id, name, data == null ? null : CodeSetSummary.of(data));
            withoutVerifiedEmail += works && !hasVerifiedEmail ? 1 : 0;
            emailOnly += CredentialTypes.EMAIL_CODE.equals(sentAlone) ? 1 : 0;
            smsOnly += CredentialTypes.SMS_CODE.equals(sentAlone) ? 1 : 0;
        }
    }

    /** Returns whether the user has usable codes. */
    private boolean count(String id, String name, @Nullable CodeSetSummary set) {
        if (set == null) {
            list(id, name, NONE);
            none++;
            return false;
        }
        CodeSetState state = CodeSetState.of(set, lowThreshold, now);
        switch (state) {
            case GOOD, EXPIRES_SOON -> usable++;
            case FEW_LEFT -> low++;
            case EXPIRED -> {
                list(id, name, EXPIRED);
                expired++;
            }
            case USED_UP, TURNED_OFF -> {
                list(id, name, NONE);
                none++;
            }
        }
        return state.isUsable();
    }

    private void list(String id, String name, String state) {
        if (none + expired >= first && page.size() < max) {
            page.add(new CoverageReport.Uncovered(id, name, state));
        }
    }

    CoverageReport result() {
        return new CoverageReport(
                usable + low + expired + none,
                usable,
                low,
                expired,
                none,
                withoutVerifiedEmail,
                emailOnly,
                smsOnly,
                List.copyOf(page));
    }
}
