package io.github.backupcodes.race;

import io.github.backupcodes.support.realm.UserAdmin;
import io.github.backupcodes.support.server.KeycloakServer;

/** Users of Keycloak's own database. */
final class LocalRaceUsers extends RaceUsers {

    LocalRaceUsers(KeycloakServer server) {
        super(server);
    }

    @Override
    UserAdmin make(String username) {
        return realm().user(username).password(PASSWORD).create().admin();
    }
}
