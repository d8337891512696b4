package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.SingleUseKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
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

    /** How often an entry is looked for that must be there. */
    private static final int LOOKS = 6;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final KeycloakSession session;

    /** Takes the session of the request. */
    public SingleUseStore(KeycloakSession session) {
        this.session = session;
    }

    /** Whether a rollback of the request undoes what was reserved and removed. */
    public boolean isUndoneByRollback() {
        return isInDatabase(session.getKeycloakSessionFactory());
    }

    /** Whether the entries are rows of the database. */
    static boolean isInDatabase(KeycloakSessionFactory sessions) {
        return JPA.equals(
                sessions.getProviderFactory(SingleUseObjectProvider.class).getId());
    }

    /**
     * Creates an entry if there is none; of several servers one succeeds.
     *
     * @param seconds after which the entry ends, at least 1
     * @return false if there is one
     * @throws StoreUnavailableException if the store does not answer: then nothing may be counted, granted or deleted
     */
    public boolean reserve(SingleUseKey key, long seconds) {
        return reserveFirst(List.of(key), seconds).isPresent();
    }

    /**
     * Creates the first of several entries that there is not yet; of several servers one succeeds with each.
     *
     * @param keys    the keys, at least one
     * @param seconds after which the entry ends, at least 1
     * @return its position; empty if there are all
     * @throws StoreUnavailableException if the store does not answer
     */
    public OptionalInt reserveFirst(List<SingleUseKey> keys, long seconds) {
        SingleUseKey last = keys.get(keys.size() - 1);
        OptionalInt position = createFirst(keys, seconds);
        if (position.isPresent() || isVisible(last)) {
            return position;
        }
        // it was given back meanwhile, or the store fails: a remote Infinispan answers false to every error
        position = createFirst(keys, seconds);
        if (position.isEmpty() && !isVisible(last)) {
            throw new StoreUnavailableException();
        }
        return position;
    }

    private OptionalInt createFirst(List<SingleUseKey> keys, long seconds) {
        for (int position = 0; position < keys.size(); position++) {
            String key = keys.get(position).value();
            if (answer(() -> objects().putIfAbsent(key, seconds))) {
                return OptionalInt.of(position);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether there is an entry that another request has just created: a node may see it a moment later than the one that decides. */
    private boolean isVisible(SingleUseKey key) {
        boolean visible = contains(key);
        for (int attempt = 1; attempt < LOOKS && !visible; attempt++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            visible = contains(key);
        }
        return visible;
    }

    /**
     * Stores an entry with notes, over an older one. With Infinispan others see it once the request is committed.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public void put(SingleUseKey key, long seconds, Map<String, String> notes) {
        answer(() -> {
            objects().put(key.value(), seconds, notes);
            return notes;
        });
    }

    /**
     * The notes of an entry; empty if there is none.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public Optional<Map<String, String>> get(SingleUseKey key) {
        return answer(() -> Optional.ofNullable(objects().get(key.value())));
    }

    /**
     * Whether there is an entry.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public boolean contains(SingleUseKey key) {
        return answer(() -> objects().contains(key.value()));
    }

    /**
     * Removes an entry. Of several servers that try, one is told that it has removed it.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public boolean remove(SingleUseKey key) {
        return answer(() -> objects().remove(key.value()) != null);
    }

    private static <T> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The store of single-use objects does not answer: %s",
                    e.getClass().getName());
            LOG.debug("Stack trace of the failure", e);
            throw new StoreUnavailableException();
        }
    }

    private SingleUseObjectProvider objects() {
        return session.singleUseObjects();
    }
}
