package io.github.backupcodes.race;

import io.github.backupcodes.race.server.ReadOnlyUserStorageProvider;
import io.github.backupcodes.support.realm.ReadOnlyStorage;
import io.github.backupcodes.support.realm.UserAdmin;
import io.github.backupcodes.support.server.KeycloakServer;

/** Users of a read-only storage without import: their credentials are in the tables of federated users. */
final class ReadOnlyRaceUsers extends RaceUsers {

    private final String storage;

    ReadOnlyRaceUsers(KeycloakServer server) {
        super(server);
        storage = ReadOnlyStorage.in(realm());
    }

    @Override
    String name(int number) {
        return ReadOnlyUserStorageProvider.PREFIX + number;
    }

    @Override
    UserAdmin make(String username) {
        return realm().admin().user("f:" + storage + ":" + username);
    }
}
