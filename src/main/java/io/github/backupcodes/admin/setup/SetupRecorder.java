package io.github.backupcodes.admin.setup;

import java.util.ArrayList;
import java.util.List;

/** What a set-up does, step by step, or only says that it would. */
final class SetupRecorder {

    private final boolean dryRun;
    private final List<String> changes = new ArrayList<>();
    private final List<String> byHand = new ArrayList<>();

    SetupRecorder(boolean dryRun) {
        this.dryRun = dryRun;
    }

    boolean isDryRun() {
        return dryRun;
    }

    void change(String what, Runnable how) {
        if (!dryRun) {
            how.run();
        }
        changes.add(what);
    }

    void manualStep(String what) {
        byHand.add(what);
    }

    SetupReport report(String flow) {
        return new SetupReport(flow, changes, byHand);
    }
}
