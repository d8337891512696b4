package io.github.backupcodes.admin.setup;

import java.util.List;

/**
 * Value object: what the set-up of a realm did, or would do.
 *
 * @param flow     the alias of the browser flow that is bound afterwards
 * @param changes  what was changed, in this order; empty if nothing was needed
 * @param byHand   what must be done by hand, and why
 * @param warnings what to know of codes by e-mail; empty if the options do not add them
 */
public record SetupReport(String flow, List<String> changes, List<String> byHand, List<String> warnings) {

    /** Copies the lists. */
    public SetupReport {
        changes = List.copyOf(changes);
        byHand = List.copyOf(byHand);
        warnings = List.copyOf(warnings);
    }
}
