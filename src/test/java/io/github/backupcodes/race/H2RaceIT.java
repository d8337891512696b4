package io.github.backupcodes.race;

import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import java.util.List;

/** One server over H2. */
class H2RaceIT extends FirstUseRaceTests {

    @Override
    String ground() {
        return "H2";
    }

    @Override
    List<KeycloakServer> nodes() {
        return List.of(SharedServer.get());
    }
}
