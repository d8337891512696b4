package io.github.backupcodes.race;

import io.github.backupcodes.race.server.ReadOnlyUsers;
import io.github.backupcodes.race.server.ReadOnlyUsersFactory;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.RealmAdmin;
import io.github.backupcodes.support.UserAdmin;
import java.util.List;
import java.util.Map;

/** Users of a read-only storage without import: their credentials are in the tables of federated users. */
final class ReadOnlyPeople extends People {

    private final String storage;

    ReadOnlyPeople(KeycloakServer server) {
        super(server);
        RealmAdmin admin = realm().admin();
        storage = admin.client()
                .post(
                        admin.path("/components"),
                        Map.of(
                                "name",
                                "read only",
                                "providerId",
                                ReadOnlyUsersFactory.ID,
                                "providerType",
                                "org.keycloak.storage.UserStorageProvider",
                                "config",
                                Map.of("priority", List.of("0"), "enabled", List.of("true"))));
    }

    @Override
    String name(int number) {
        return ReadOnlyUsers.PREFIX + number;
    }

    @Override
    UserAdmin make(String username) {
        return realm().admin().user("f:" + storage + ":" + username);
    }
}
