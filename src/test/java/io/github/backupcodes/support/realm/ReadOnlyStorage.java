package io.github.backupcodes.support.realm;

import io.github.backupcodes.race.server.ReadOnlyUserStorageProviderFactory;
import java.util.List;
import java.util.Map;

/** A read-only storage of users without import: their credentials are in the tables of federated users. */
public final class ReadOnlyStorage {

    private ReadOnlyStorage() {}

    /** Adds one to a realm. */
    public static String in(TestRealm realm) {
        RealmAdmin admin = realm.admin();
        return admin.post(
                "/components",
                Map.of(
                        "name",
                        "read only",
                        "providerId",
                        ReadOnlyUserStorageProviderFactory.ID,
                        "providerType",
                        "org.keycloak.storage.UserStorageProvider",
                        "config",
                        Map.of("priority", List.of("0"), "enabled", List.of("true"))));
    }
}
