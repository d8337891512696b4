package io.github.backupcodes.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.CodeList;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.MadeCodes;
import io.github.backupcodes.support.Postgres;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
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
    private static final String COUNT = "code-count";

    @Test
    void setsSettingsAndFlowComeAlong() {
        Path old = Path.of(System.getProperty("old.keycloak.home", ""));
        MadeCodes imported = MadeCodes.of(4).used(2);
        try (Postgres postgres = Postgres.start()) {
            String database = postgres.createDatabase();
            TestUser alice;
            TestUser bob;
            List<String> ofAlice;
            JsonNode settings;
            JsonNode rows;
            try (KeycloakServer server = KeycloakServer.named("keycloak-before")
                    .distribution(old)
                    .database(postgres.options(database))
                    .start()) {
                TestRealm realm = TestRealm.on(server)
                        .with("realm", REALM)
                        .policy(COUNT, "6")
                        .create();
                alice = realm.user("alice").otp().create();
                bob = realm.user("bob").otp().codes(imported).create();
                ofAlice = CodeList.madeBy(alice, realm);
                assertThat(ofAlice).hasSize(6);
                assertThat(isLetIn(alice, realm, ofAlice.get(0))).isTrue();
                settings = realm.admin().requiredActionConfig(BackupCodesNames.ACTION);
                rows = alice.admin().backupCodes();
            }
            try (KeycloakServer server = KeycloakServer.named("keycloak-after")
                    .distribution(BuildFiles.keycloakHome())
                    .database(postgres.options(database))
                    .start()) {
                TestRealm realm = TestRealm.of(server, server.admin().realm(REALM));
                assertThat(realm.admin().requiredActionConfig(BackupCodesNames.ACTION))
                        .isEqualTo(settings);
                assertThat(realm.admin().user(alice.id()).backupCodes()).isEqualTo(rows);

                assertThat(isLetIn(alice, realm, ofAlice.get(0)))
                        .as("used before")
                        .isFalse();
                assertThat(isLetIn(alice, realm, ofAlice.get(1))).isTrue();
                assertThat(isLetIn(alice, realm, ofAlice.get(1))).as("twice").isFalse();
                assertThat(isLetIn(bob, realm, imported.code(2)))
                        .as("used before")
                        .isFalse();
                assertThat(isLetIn(bob, realm, imported.code(0))).isTrue();

                realm.admin().user(bob.id()).require(BackupCodesNames.ACTION);
                LoginClient session = realm.session(LoginClient.connections());
                session.signIn(bob);
                session.otp(bob.totp().now());
                List<String> fresh = session.page().backupCodes();
                session.saveCodes();
                assertThat(fresh).as("the setting").hasSize(6);
                assertThat(isLetIn(bob, realm, imported.code(1))).as("replaced").isFalse();
                assertThat(isLetIn(bob, realm, fresh.get(5))).isTrue();
            }
        }
    }

    private static boolean isLetIn(TestUser user, TestRealm realm, String code) {
        LoginClient session = CodeList.tryCode(user, realm, code);
        return session.isSignedIn();
    }
}
