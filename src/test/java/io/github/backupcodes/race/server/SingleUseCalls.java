package io.github.backupcodes.race.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.RealmModel;

/** How often this server has called the store of single-use objects for entries of the extension, by call and kind of entry. */
final class SingleUseCalls {

    private static final int KIND_LENGTH = "bc:xx".length();
    private static final Map<String, Map<String, Integer>> REALMS = new ConcurrentHashMap<>();

    private SingleUseCalls() {}

    static void count(RealmModel realm, String call, String key) {
        of(realm).merge(call + " " + key.substring(0, KIND_LENGTH), 1, Integer::sum);
    }

    static Map<String, Integer> of(RealmModel realm) {
        return REALMS.computeIfAbsent(realm.getId(), id -> new ConcurrentHashMap<>());
    }
}
