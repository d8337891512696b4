package io.github.backupcodes.race;

import io.github.backupcodes.race.server.ReadOnlyUsers;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.ReadOnlyStorage;
import io.github.backupcodes.support.UserAdmin;

/** Users of a read-only storage without import: their credentials are in the tables of federated users. */
final class ReadOnlyPeople extends People {

    private final String storage;

    ReadOnlyPeople(KeycloakServer server) {
        super(server);
        storage = ReadOnlyStorage.in(realm());
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
