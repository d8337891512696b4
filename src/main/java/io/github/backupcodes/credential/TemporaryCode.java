package io.github.backupcodes.credential;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import io.github.backupcodes.credential.model.CredentialJson;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import io.github.backupcodes.credential.store.CodeSetStore;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;

/**
 * The temporary code that an administrator has issued to a user who is locked out: a set of one code that expires soon. It is stored
 * in a credential of its own type, so that the user's own set stays as it is (OWASP ASVS 5.0, 6.4.1; NIST SP 800-63B-4, 4.2).
 */
public final class TemporaryCode {

    /** The longest time that it works. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final CodeSetStore stored;

    TemporaryCode(CodeSetStore stored) {
        this.stored = stored;
    }

    /** Until when it works, from the user cache; empty if none works. */
    public Optional<Instant> worksUntil() {
        return stored.cachedSet()
                .filter(set -> set.hasWorkingCodes(Instant.now()))
                .map(CodeSet::expiresAt);
    }

    /**
     * Whether a sign-in has to request it, from the user cache: it is unused and has not expired. Failed attempts do not change that,
     * or they would let the user in by the password alone. Of an unreadable one the end is not known.
     */
    public boolean isAwaited() {
        return stored.newest()
                .filter(credential ->
                        CodeSetStore.parse(credential).map(set -> !isOver(set)).orElse(true))
                .isPresent();
    }

    /** Whether there is an unused one, even if it has expired: those who enter it are shown that. */
    public boolean isUnused() {
        return unused().isPresent();
    }

    /** When it was used, from the user cache; empty if it was not, or if there is none. */
    public Optional<Instant> usedAt() {
        return stored.cachedSet().filter(set -> set.remaining() == 0).flatMap(CodeSet::lastUsedAt);
    }

    /** The format of the code; empty once it was used. */
    Optional<CodeFormat> format() {
        return unused().map(CodeSet::format);
    }

    /**
     * Saves it. It replaces an older one.
     *
     * @param set one code, with a time at which it expires
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    public void save(CodeSet set) {
        stored.save(set);
    }

    /**
     * Saves an imported one. It replaces an older one.
     *
     * @return the credential
     * @throws UnreadableCodeSetException if it is not one code that expires and that this version can read
     */
    CredentialModel importCredential(CredentialModel imported) {
        BackupCodesCredentialModel model = BackupCodesCredentialModel.copyOf(imported);
        CodeSet set = CredentialImport.set(model);
        CredentialJson.require(CredentialJson.PUBLIC + ".total", set.total() == 1);
        Instant end = set.expiresAt();
        CredentialJson.require(
                CredentialJson.PUBLIC + ".expiresAt",
                end != null && !end.isAfter(Instant.now().plus(LONGEST_LIFE)));
        return stored.save(BackupCodesCredentialModel.of(CredentialTypes.TEMPORARY_CODE, set, null)
                .keeping(model));
    }

    /**
     * Removes it if it was used or has expired; until then a replay is distinguished from a guess. Nothing happens while another
     * transaction holds the row.
     *
     * @throws CredentialLockedException if that has ended the transaction of the sign-in
     */
    public void removeIfOver() {
        if (stored.newest().filter(credential -> isOver(credential)).isEmpty()) {
            return;
        }
        try {
            // by then there may be a newer one in the row
            stored.remove(credential -> isOver(credential));
        } catch (CredentialLockedException e) {
            if (e.isEndingTransaction()) {
                throw e;
            }
            // the next sign-in tries again
        }
    }

    private static boolean isOver(CredentialModel credential) {
        return CodeSetStore.parse(credential).filter(TemporaryCode::isOver).isPresent();
    }

    private static boolean isOver(CodeSet set) {
        return set.remaining() == 0 || set.isExpired(Instant.now());
    }

    private Optional<CodeSet> unused() {
        return stored.cachedSet().filter(set -> set.remaining() > 0);
    }
}
