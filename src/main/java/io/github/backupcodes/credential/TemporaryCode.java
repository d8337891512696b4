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
 * The one code with a short life that an administrator has issued to a user who is locked out: a set of one, kept as a
 * credential of a type of its own, so that the user's own set is untouched (OWASP ASVS 5.0, 6.4.1; NIST SP 800-63B-4, 4.2).
 */
public final class TemporaryCode {

    /** The longest that it works. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final CodeSetStore stored;

    TemporaryCode(CodeSetStore stored) {
        this.stored = stored;
    }

    /** Until when it works, from the user cache; nothing when there is none that works. */
    public Optional<Instant> worksUntil() {
        Instant now = Instant.now();
        return unused().filter(
                        set -> !set.isExpired(now) && !set.failedAttempts().isMaximumReached())
                .map(CodeSet::expiresAt);
    }

    /**
     * Whether a sign-in has to wait for it, from the user cache: it was not used, and its life is not over, whether or not it
     * takes attempts now. Of one that cannot be read the end is not known.
     */
    public boolean isAwaited() {
        Instant now = Instant.now();
        return stored.newest()
                .filter(credential -> CodeSetStore.parse(credential)
                        .map(set -> set.remaining() > 0 && !set.isExpired(now))
                        .orElse(true))
                .isPresent();
    }

    /** Whether there is one that was not used, even if its life is over: whoever types it is told so. */
    public boolean isUnused() {
        return unused().isPresent();
    }

    /** How it looks, as long as it was not used. */
    Optional<CodeFormat> format() {
        return unused().map(CodeSet::format);
    }

    /**
     * Saves it, in place of an older one.
     *
     * @param set one code, with an end to its life
     * @throws CredentialLockedException when somebody else holds the row for too long
     */
    public void save(CodeSet set) {
        stored.save(set, null);
    }

    /**
     * Takes it over from an import, in place of an older one.
     *
     * @return the credential
     * @throws UnreadableCodeSetException when it is not one code with an end to its life that this version can read
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
     * Removes it once it was used or its life is over; until then a replay is told apart from a guess. Nothing happens while
     * somebody else holds the row.
     */
    public void removeIfOver() {
        if (stored.newest().filter(TemporaryCode::isOver).isEmpty()) {
            return;
        }
        try {
            // by then there may be a newer one in the row
            stored.remove(TemporaryCode::isOver);
        } catch (CredentialLockedException e) {
            // the next sign-in comes by here as well
        }
    }

    private static boolean isOver(CredentialModel credential) {
        return CodeSetStore.parse(credential)
                .filter(set -> set.remaining() == 0 || set.isExpired(Instant.now()))
                .isPresent();
    }

    private Optional<CodeSet> unused() {
        return stored.cachedSet().filter(set -> set.remaining() > 0);
    }
}
