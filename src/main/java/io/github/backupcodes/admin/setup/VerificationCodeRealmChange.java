package io.github.backupcodes.admin.setup;

import io.github.backupcodes.challenge.factor.SendingClaims;
import io.github.backupcodes.challenge.store.ChallengeKey;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Makes what codes that are sent need of a realm. A sign-in only looks it up, and never makes it. */
final class VerificationCodeRealmChange {

    private static final int SALT_LENGTH = 43;

    private final KeycloakSession session;
    private final RealmModel realm;

    VerificationCodeRealmChange(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    void apply(SetupRecorder recorder) {
        if (realm.getAttribute(SendingClaims.SALT) == null) {
            recorder.change(
                    "attribute %s set to a random value".formatted(SendingClaims.SALT),
                    () -> realm.setAttribute(
                            SendingClaims.SALT, SecretGenerator.getInstance().randomString(SALT_LENGTH)));
        }
        if (ChallengeKey.current(session, realm).isEmpty()) {
            recorder.change(
                    "key for %s created".formatted(Algorithm.HS512),
                    // Keycloak creates a missing key when it is asked for the active one
                    () -> session.keys().getActiveKey(realm, KeyUse.SIG, Algorithm.HS512));
        }
    }
}
