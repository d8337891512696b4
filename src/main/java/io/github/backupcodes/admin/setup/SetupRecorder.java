package io.github.backupcodes.admin.setup;

import java.util.ArrayList;
import java.util.List;

/** Runs the steps of a set-up and records them; in a dry run it only records them. */
final class SetupRecorder {

    private final boolean dryRun;
    private final List<String> changes = new ArrayList<>();
    private final List<String> manualSteps = new ArrayList<>();

    SetupRecorder(boolean dryRun) {
        this.dryRun = dryRun;
    }

    boolean isDryRun() {
        return dryRun;
    }

    void change(String description, Runnable step) {
        if (!dryRun) {
            step.run();
        }
        changes.add(description);
    }

    void manualStep(String description) {
        manualSteps.add(description);
    }

    SetupReport report(String flow) {
        return new SetupReport(flow, changes, manualSteps);
    }
}
