package io.github.backupcodes.credential;

import io.github.backupcodes.credential.verify.VerificationResult;
import io.github.backupcodes.support.AfterRollback;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Counts a refused attempt once more where the request that counted it is rolled back, by the database, another provider or a
 * page that cannot be rendered: otherwise a client that brings this about could guess without an end (NIST SP 800-63B-4,
 * 3.2.2; issue 15).
 */
public final class AttemptRecount {

    private AttemptRecount() {}

    /**
     * Prepares it, before the attempt is decided.
     *
     * @param session of the request
     * @param user    whose code it may be
     * @param again   decides the same attempt on the rows as they are after the rollback, with a session and a user of its own;
     *                empty when nothing is to be counted, as for a right code
     */
    public static void prepare(
            KeycloakSession session,
            UserModel user,
            BiFunction<KeycloakSession, UserModel, Optional<VerificationResult>> again) {
        AtomicReference<VerificationResult> counted = new AtomicReference<>();
        AfterRollback.run(session, user, (own, same) -> again.apply(own, same).ifPresent(counted::set));
        // in a transaction of its own: a mail that cannot be made must not undo the count
        AfterRollback.run(session, user, (own, same) -> {
            VerificationResult result = counted.get();
            if (result != null) {
                BackupCodesCredentialProvider.of(own).codes(same).report(result);
            }
        });
    }
}
