package io.github.backupcodes.race;

import io.github.backupcodes.support.server.KeycloakServer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** All races and the main tests on a stand of their own. */
abstract class ServerSetupRaceTests extends MainRaceTests {

    private @Nullable ServerSetup setup;

    abstract ServerSetup build();

    @BeforeAll
    void start() {
        setup = build();
    }

    /** The realms first. */
    @Override
    @AfterAll
    void forget() {
        super.forget();
        if (setup != null) {
            setup.close();
        }
    }

    @Override
    List<KeycloakServer> nodes() {
        return Objects.requireNonNull(setup).nodes();
    }
}
