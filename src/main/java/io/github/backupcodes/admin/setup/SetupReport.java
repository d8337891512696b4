package io.github.backupcodes.admin.setup;

import java.util.List;

/**
 * What the set-up of a realm did, or would do.
 *
 * @param flow    the alias of the browser flow that is bound afterwards
 * @param changes what was changed, in this order; empty when the realm was ready
 * @param byHand  what is left to do by hand, and why
 */
public record SetupReport(String flow, List<String> changes, List<String> byHand) {

    /** Copies the lists. */
    public SetupReport {
        changes = List.copyOf(changes);
        byHand = List.copyOf(byHand);
    }
}
