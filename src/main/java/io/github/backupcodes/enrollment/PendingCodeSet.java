package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.model.CodeSetJson;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Stores the set that was shown but is not saved yet. Only its hashes are stored, in the authentication session, which
 * leaves the process with some storages.
 */
final class PendingCodeSet {

    private static final String PAGE_NOTE = "backup-codes.pending.page";
    private static final String PUBLIC_NOTE = "backup-codes.pending.public";
    private static final String SECRET_NOTE = "backup-codes.pending.secret";

    /** Outlives the set: says that some set was shown in this sign-in and not saved. */
    private static final String SHOWN_NOTE = "backup-codes.shown";

    private final AuthenticationSessionModel session;

    PendingCodeSet(AuthenticationSessionModel session) {
        this.session = session;
    }

    /** Stores the set, with a new id for the page that shows it. The id reveals nothing of the codes. */
    void put(CodeSet set) {
        CodeSetJson json = CodeSetJson.write(set);
        session.setAuthNote(PAGE_NOTE, UUID.randomUUID().toString());
        session.setAuthNote(PUBLIC_NOTE, json.publicData());
        session.setAuthNote(SECRET_NOTE, json.secretData());
        session.setAuthNote(SHOWN_NOTE, "true");
    }

    /** Whether the sign-in has shown a set that was not saved: users may have written it down, or copied it. */
    boolean wasShown() {
        return session.getAuthNote(SHOWN_NOTE) != null;
    }

    /** Forgets the set once it is saved: sets that are shown later are no surprise. */
    void saved() {
        discard();
        session.removeAuthNote(SHOWN_NOTE);
    }

    /** The id of the page that shows the set. */
    Optional<String> page() {
        return Optional.ofNullable(session.getAuthNote(PAGE_NOTE));
    }

    /**
     * The set; empty if the id is that of another page. Users who saved the codes of one tab must not be shown that
     * they are saved if those of a later tab would be.
     *
     * @param page the submitted id; null from a client that sends none
     */
    Optional<CodeSet> of(@Nullable String page) {
        if (page != null && !page.equals(session.getAuthNote(PAGE_NOTE))) {
            return Optional.empty();
        }
        return set();
    }

    /** The set, whichever page shows it. */
    Optional<CodeSet> set() {
        String publicData = session.getAuthNote(PUBLIC_NOTE);
        String secretData = session.getAuthNote(SECRET_NOTE);
        if (publicData == null || secretData == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CodeSetJson(publicData, secretData).read());
        } catch (UnreadableCodeSetException e) {
            // written by a server of another version, during an upgrade
            return Optional.empty();
        }
    }

    /** Forgets the set, but not that it was shown. */
    void discard() {
        session.removeAuthNote(PAGE_NOTE);
        session.removeAuthNote(PUBLIC_NOTE);
        session.removeAuthNote(SECRET_NOTE);
    }
}
