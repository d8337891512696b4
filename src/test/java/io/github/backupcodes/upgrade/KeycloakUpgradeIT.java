package io.github.backupcodes.upgrade;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.ServerBuilder;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Keycloak itself is updated, on the same database and with the same jar: from the distribution in {@code -Dold.keycloak.home} to
 * the one of this build. What was made on the older one holds on the newer.
 */
@Isolated
@EnabledIfSystemProperty(
        named = "old.keycloak.home",
        matches = ".+",
        disabledReason = "-Dold.keycloak.home=<an unpacked older Keycloak>, as .ci/matrix sets it")
class KeycloakUpgradeIT {

    private static final String REALM = "upgraded";

    @Test
    void everythingComesAlongOnPostgresql() {
        try (Postgres postgres = Postgres.start()) {
            String database = postgres.createDatabase();
            update("postgresql", server -> server.database(postgres.options(database)));
        }
    }

    /** Outside both servers: each has a home of its own. */
    @Test
    void everythingComesAlongInTheEmbeddedDatabase(@TempDir Path directory) {
        String url = "jdbc:h2:file:" + directory.resolve("keycloakdb") + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE";
        update("h2", server -> server.database("--db=dev-file").environment("KC_DB_URL", url));
    }

    private static void update(String name, UnaryOperator<ServerBuilder> database) {
        Path old = Path.of(System.getProperty("old.keycloak.home", ""));
        SeededRealm seeded;
        try (KeycloakServer server = database.apply(
                        KeycloakServer.named("before-" + name).distribution(old))
                .start()) {
            seeded = SeededRealm.in(TestRealm.on(server).with("realm", REALM));
        }
        try (KeycloakServer server = database.apply(
                        KeycloakServer.named("after-" + name).distribution(BuildFiles.keycloakHome()))
                .start()) {
            seeded.holdsIn(TestRealm.of(server, server.admin().realm(REALM)));
        }
    }
}
