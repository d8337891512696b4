package io.github.backupcodes.race;

import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.UserAdmin;

/** Users of Keycloak's own database. */
final class LocalPeople extends People {

    LocalPeople(KeycloakServer server) {
        super(server);
    }

    @Override
    UserAdmin make(String username) {
        return realm().user(username).password(PASSWORD).create().admin();
    }
}
