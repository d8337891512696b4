package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.SingleUseKey;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Keycloak's single-use objects, shared by all servers. Keycloak has three implementations, which differ in what a rollback undoes:
 * with an embedded or a remote Infinispan, {@code putIfAbsent} and {@code remove} take effect at once and stay; with JPA (feature
 * {@code stateless}, since 26.7) they belong to the transaction of the request.
 */
public final class SingleUseStore {

    private static final Logger LOG = Logger.getLogger(SingleUseStore.class);

    /** The id of the implementation with JPA ({@code JpaSingleUseObjectProviderFactory}). */
    private static final String JPA = "jpa";

    private final KeycloakSession session;

    /** Takes the session of the request. */
    public SingleUseStore(KeycloakSession session) {
        this.session = session;
    }

    /** What came of the attempt to create an entry. */
    public enum Reservation {
        /** This request has created it. */
        RESERVED,
        /** It was there already. */
        TAKEN,
        /** The store does not answer, so nothing is known: nothing may be counted, granted or deleted. */
        UNAVAILABLE
    }

    /** Whether a rollback of the request undoes what was reserved and removed. */
    public boolean isUndoneByRollback() {
        return JPA.equals(session.getKeycloakSessionFactory()
                .getProviderFactory(SingleUseObjectProvider.class)
                .getId());
    }

    /**
     * Creates an entry if there is none; of several servers one succeeds.
     *
     * @param seconds after which the entry ends, at least 1
     */
    public Reservation reserve(SingleUseKey key, long seconds) {
        try {
            if (objects().putIfAbsent(key.value(), seconds)) {
                return Reservation.RESERVED;
            }
            // a remote Infinispan answers false to every error
            return objects().contains(key.value()) ? Reservation.TAKEN : Reservation.UNAVAILABLE;
        } catch (RuntimeException e) {
            LOG.warnf("The store of single-use objects does not answer: %s", e.getClass().getName());
            LOG.debug("Stack trace of the failure", e);
            return Reservation.UNAVAILABLE;
        }
    }

    /** Stores an entry with notes, over an older one. With Infinispan others see it once the request is committed. */
    public void put(SingleUseKey key, long seconds, Map<String, String> notes) {
        objects().put(key.value(), seconds, notes);
    }

    /** The notes of an entry; empty if there is none. */
    public Optional<Map<String, String>> get(SingleUseKey key) {
        return Optional.ofNullable(objects().get(key.value()));
    }

    /** Whether there is an entry. */
    public boolean contains(SingleUseKey key) {
        return objects().contains(key.value());
    }

    /** Removes an entry. Of several servers that try, one is told that it has removed it. */
    public boolean remove(SingleUseKey key) {
        return objects().remove(key.value()) != null;
    }

    private SingleUseObjectProvider objects() {
        return session.singleUseObjects();
    }
}
