package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.CodeSetJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The set that was shown but is not saved yet. Only its hashes are kept, in the authentication session: with some
 * storages that leaves the process.
 */
final class PendingSet {

    private static final String PUBLIC_NOTE = "backup-codes.pending.public";
    private static final String SECRET_NOTE = "backup-codes.pending.secret";

    private final AuthenticationSessionModel session;

    PendingSet(AuthenticationSessionModel session) {
        this.session = session;
    }

    void put(CodeSet set) {
        CodeSetJson json = CodeSetJson.write(set);
        session.setAuthNote(PUBLIC_NOTE, json.publicData());
        session.setAuthNote(SECRET_NOTE, json.secretData());
    }

    /** The set, which is pending no more. */
    Optional<CodeSet> take() {
        @Nullable String publicData = session.getAuthNote(PUBLIC_NOTE);
        @Nullable String secretData = session.getAuthNote(SECRET_NOTE);
        discard();
        return publicData == null || secretData == null
                ? Optional.empty()
                : Optional.of(new CodeSetJson(publicData, secretData).read());
    }

    void discard() {
        session.removeAuthNote(PUBLIC_NOTE);
        session.removeAuthNote(SECRET_NOTE);
    }
}
