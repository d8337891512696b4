package io.github.backupcodes.admin.setup;

import java.util.List;
import java.util.Optional;
import org.keycloak.common.Version;
import org.keycloak.migration.ModelVersion;

/**
 * Checks whether this version of Keycloak has the fix for a published vulnerability in the flow that resets passwords
 * (CVE-2026-18963), against which a second factor in the flow does not help.
 */
final class ResetFlowPatchLevel {

    /** The first version with the fix of each minor version; 26.5 has none, and all later ones have it. */
    private static final List<ModelVersion> FIXED =
            List.of(new ModelVersion(26, 4, 15), new ModelVersion(26, 6, 6), new ModelVersion(26, 7, 2));

    private static final ModelVersion ALL_FIXED = new ModelVersion(26, 8, 0);

    private ResetFlowPatchLevel() {}

    /** What to do before this server's flow can be relied on; empty if it can. */
    static Optional<String> warning() {
        return warning(Version.VERSION);
    }

    /** The warning for a server of that version. */
    static Optional<String> warning(String version) {
        ModelVersion server = new ModelVersion(version);
        return isFixed(server)
                ? Optional.empty()
                : Optional.of(("Keycloak %s has a published vulnerability in the password reset (CVE-2026-18963):"
                                + " update it to %s or later before you rely on this flow")
                        .formatted(version, target(server)));
    }

    private static boolean isFixed(ModelVersion server) {
        return !server.lessThan(ALL_FIXED)
                || FIXED.stream().anyMatch(fixed -> isSameMinor(fixed, server) && !server.lessThan(fixed));
    }

    /** The first version with the fix of the same minor version, or of the next that has one. */
    private static ModelVersion target(ModelVersion server) {
        return FIXED.stream().filter(server::lessThan).findFirst().orElse(ALL_FIXED);
    }

    private static boolean isSameMinor(ModelVersion one, ModelVersion other) {
        return one.getMajor() == other.getMajor() && one.getMinor() == other.getMinor();
    }
}
