package io.github.backupcodes.notme;

import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Marks links as used in the place that Keycloak checks ({@code LoginActionsServiceChecks.checkTokenWasNotUsedYet}), which
 * differs by version.
 */
interface UsedActionTokens {

    /**
     * Marks a link as used.
     *
     * @param key     the key of its token
     * @param seconds for how long
     */
    void add(String key, long seconds);

    /** Selects the implementation for the version of this server. */
    static UsedActionTokens of(KeycloakSession session) {
        return Version.HAS_REVOKED_TOKENS ? new Revoked(session) : new SingleUse(session);
    }

    /** Since 26.7. This class is linked only there. */
    record Revoked(KeycloakSession session) implements UsedActionTokens {

        @Override
        public void add(String key, long seconds) {
            session.revokedTokens().put(key, seconds);
        }
    }

    /**
     * Up to 26.5 the key is stored as it is, in 26.6 as that of a revoked token. Neither version sees the other's
     * entry.
     */
    record SingleUse(KeycloakSession session) implements UsedActionTokens {

        @Override
        public void add(String key, long seconds) {
            SingleUseObjectProvider used = session.singleUseObjects();
            used.put(key, seconds, Map.of());
            used.put(key + SingleUseObjectProvider.REVOKED_KEY, seconds, Map.of());
        }
    }

    /** Detects the version of the server. */
    final class Version {

        private static final boolean HAS_REVOKED_TOKENS = Stream.of(KeycloakSession.class.getMethods())
                .anyMatch(method -> method.getName().equals("revokedTokens"));

        private Version() {}
    }
}
