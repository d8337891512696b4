package io.github.backupcodes.admin.setup;

import java.util.ArrayList;
import java.util.List;

/** Runs the steps of a set-up and records them; in a dry run it only records them. */
final class SetupRecorder {

    private final boolean dryRun;
    private final List<String> changes = new ArrayList<>();
    private final List<String> manualSteps = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean gaps;

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

    /** Records a manual step without which a flow lets users in by the password whose only factor is codes that are sent. */
    void gap(String description) {
        manualStep(description);
        gaps = true;
    }

    boolean hasGaps() {
        return gaps;
    }

    void warning(String description) {
        warnings.add(description);
    }

    SetupReport report(String flow) {
        return new SetupReport(flow, changes, manualSteps, warnings);
    }
}
