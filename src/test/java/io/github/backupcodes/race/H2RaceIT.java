package io.github.backupcodes.race;

import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.SharedServer;
import java.util.List;

/** One server over H2. */
class H2RaceIT extends FirstTimeRaces {

    @Override
    String ground() {
        return "H2";
    }

    @Override
    List<KeycloakServer> nodes() {
        return List.of(SharedServer.get());
    }
}
