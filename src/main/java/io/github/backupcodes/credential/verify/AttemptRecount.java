package io.github.backupcodes.credential.verify;

import io.github.backupcodes.support.AfterRollback;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Counts a refused attempt once more if the request that counted it is rolled back, by the database, another provider or a page
 * that cannot be rendered. Otherwise a client that brings this about could guess without a limit (NIST SP 800-63B-4, 3.2.2).
 */
final class AttemptRecount {

    private AttemptRecount() {}

    /**
     * Prepares the recount, before the attempt is decided.
     *
     * @param session   of the request
     * @param user      whose code it may be
     * @param again     counts the same attempt in the rows as they are after the rollback, with a session and a user of its own; empty
     *     if nothing has to be counted, as for a valid code
     * @param reporting reports what was counted
     */
    static void prepare(
            KeycloakSession session,
            UserModel user,
            BiFunction<KeycloakSession, UserModel, Optional<VerificationResult>> again,
            CodeVerifier.Reporting reporting) {
        AtomicReference<VerificationResult> counted = new AtomicReference<>();
        AfterRollback.run(session, user, (own, same) -> again.apply(own, same).ifPresent(counted::set));
        // in its own transaction: a mail that cannot be created must not undo the count
        AfterRollback.run(session, user, (own, same) -> {
            VerificationResult result = counted.get();
            if (result != null) {
                reporting.report(own, same, result);
            }
        });
    }
}
