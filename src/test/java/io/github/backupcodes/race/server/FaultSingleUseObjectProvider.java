package io.github.backupcodes.race.server;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Keycloak's single-use objects, which counts the calls for entries of the extension. In realms with the attribute {@code test-store}
 * it fails for those entries:
 *
 * <ul>
 *   <li>{@code unreachable}: every call fails
 *   <li>{@code get}, {@code put}, {@code putIfAbsent}, {@code contains}, {@code remove}: this call fails
 *   <li>{@code refusing}: nothing is created, and nothing is there, as a remote Infinispan answers to every error
 *   <li>{@code forgetful}: everything seems to be created and is not kept
 * </ul>
 */
final class FaultSingleUseObjectProvider implements SingleUseObjectProvider {

    private static final String FAULT = "test-store";
    private static final String OURS = "bc:";

    private final KeycloakSession session;
    private final SingleUseObjectProvider store;

    FaultSingleUseObjectProvider(KeycloakSession session, SingleUseObjectProvider store) {
        this.session = session;
        this.store = store;
    }

    /** The fault to bring about, after the call was counted; empty if there is none. */
    private String fault(String call, String key) {
        RealmModel realm = session.getContext().getRealm();
        if (realm == null || !key.startsWith(OURS)) {
            return "";
        }
        SingleUseCalls.count(realm, call, key);
        String fault = realm.getAttribute(FAULT);
        if ("unreachable".equals(fault) || call.equals(fault)) {
            throw new IllegalStateException("the store does not answer in this realm");
        }
        return fault == null ? "" : fault;
    }

    @Override
    public void put(String key, long seconds, Map<String, String> notes) {
        fault("put", key);
        store.put(key, seconds, notes);
    }

    @Override
    public @Nullable Map<String, String> get(String key) {
        fault("get", key);
        return store.get(key);
    }

    @Override
    public @Nullable Map<String, String> remove(String key) {
        fault("remove", key);
        return store.remove(key);
    }

    @Override
    public boolean replace(String key, Map<String, String> notes) {
        fault("replace", key);
        return store.replace(key, notes);
    }

    @Override
    public boolean putIfAbsent(String key, long seconds) {
        return switch (fault("putIfAbsent", key)) {
            case "refusing" -> false;
            case "forgetful" -> true;
            default -> store.putIfAbsent(key, seconds);
        };
    }

    @Override
    public boolean contains(String key) {
        return switch (fault("contains", key)) {
            case "refusing", "forgetful" -> false;
            default -> store.contains(key);
        };
    }

    @Override
    public void close() {}
}
