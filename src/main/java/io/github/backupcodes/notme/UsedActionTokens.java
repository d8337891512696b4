package io.github.backupcodes.notme;

import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Where Keycloak looks whether a link was used ({@code LoginActionsServiceChecks.checkTokenWasNotUsedYet}), which differs by
 * version.
 */
interface UsedActionTokens {

    /**
     * Takes a link for used.
     *
     * @param key     of its token
     * @param seconds for how long
     */
    void add(String key, long seconds);

    /** As the server at hand looks for them. */
    static UsedActionTokens of(KeycloakSession session) {
        return Version.HAS_REVOKED_TOKENS ? new Revoked(session) : new SingleUse(session);
    }

    /** Since 26.7. Only there this class is linked. */
    record Revoked(KeycloakSession session) implements UsedActionTokens {

        @Override
        public void add(String key, long seconds) {
            session.revokedTokens().put(key, seconds);
        }
    }

    /** Up to 26.5 it is the key as it is, in 26.6 that of a token that was revoked. Neither sees the other one. */
    record SingleUse(KeycloakSession session) implements UsedActionTokens {

        @Override
        public void add(String key, long seconds) {
            SingleUseObjectProvider used = session.singleUseObjects();
            used.put(key, seconds, Map.of());
            used.put(key + SingleUseObjectProvider.REVOKED_KEY, seconds, Map.of());
        }
    }

    /** Of the server. */
    final class Version {

        private static final boolean HAS_REVOKED_TOKENS = Stream.of(KeycloakSession.class.getMethods())
                .anyMatch(method -> method.getName().equals("revokedTokens"));

        private Version() {}
    }
}
