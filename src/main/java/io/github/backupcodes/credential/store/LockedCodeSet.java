package io.github.backupcodes.credential.store;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import java.util.Optional;

/**
 * A credential whose row is locked, with the set that was parsed from it once.
 *
 * @param credential the credential as it is in the row
 * @param set        the set in it; empty if this version cannot read it
 */
public record LockedCodeSet(BackupCodesCredentialModel credential, Optional<CodeSet> set) {

    @Override
    public String toString() {
        return "LockedCodeSet[redacted]";
    }
}
