package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.ProcessRunner;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.ServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A realm is exported as {@code docs/upgrade.md} says, and imported into another server: everything about codes comes along. */
class ExportIT {

    private static final DocPage PAGE = new DocPage("upgrade.md");

    /** What users have left behind on the first server. */
    private record Left(String realm, Path bin, TestUser alice, List<String> codes, String temporary, TestUser bob) {}

    @Test
    void codesUsesTracesAndSettingsComeAlong(@TempDir Path directory) throws IOException {
        ServerBuilder server = KeycloakServer.named("export").database("--db=dev-file");
        TestRecoveryCodes recoveryCodes = TestRecoveryCodes.now();
        Left left;
        try (KeycloakServer from = server.start()) {
            left = prepare(from, recoveryCodes);
        }
        // the embedded database belongs to one process
        Path file = directory.resolve("demo.json");
        ProcessRunner.run(
                List.of(
                        "bash",
                        "-euo",
                        "pipefail",
                        "-c",
                        PAGE.block("export")
                                .replace("demo.json", file.toString())
                                .replace("--realm demo", "--realm " + left.realm())),
                Map.of("PATH", left.bin() + ":" + System.getenv("PATH"), "KC_DB", "dev-file"),
                "");
        assertThat(Files.readString(file)).doesNotContain(left.codes()).doesNotContain(left.temporary());

        try (KeycloakServer into = server.importing(file).start()) {
            TestRealm realm = TestRealm.of(into, into.admin().realm(left.realm()));
            JsonNode config = realm.admin().requiredActionConfig(BackupCodesNames.ACTION);
            assertThat(config.path("code-count").asText()).isEqualTo("5");
            assertThat(config.path("expires-after-days").asText()).isEqualTo("100");
            comesOut(realm, left.alice(), left.codes().get(1), "backup_code_already_used");
            comesOut(realm, left.alice(), left.codes().get(0), "");
            comesOut(realm, left.alice(), left.codes().get(0), "backup_code_already_used");
            comesOut(realm, left.alice(), left.temporary(), "");
            comesOut(realm, left.bob(), recoveryCodes.code(4), "backup_code_already_used");
            comesOut(realm, left.bob(), recoveryCodes.code(7), "");
        }
    }

    private static Left prepare(KeycloakServer from, TestRecoveryCodes recoveryCodes) {
        TestRealm realm = TestRealm.on(from)
                .policy("code-count", "5")
                .policy("expires-after-days", "100")
                .create();
        HelpDeskCode.prepare(realm);
        TestUser alice = realm.user("alice").otp().create();
        List<String> codes = realm.generateCodes(alice);
        assertThat(realm.signInWith(alice, codes.get(1)).isSignedIn()).isTrue();
        TestUser bob =
                realm.user("bob").otp().credential(recoveryCodes.credential()).create();
        assertThat(realm.signInWith(bob, recoveryCodes.code(4)).isSignedIn()).isTrue();

        JsonNode partial =
                realm.admin().postForAnswer("/partial-export?exportClients=true&exportGroupsAndRoles=true", Map.of());
        assertThat(partial.has("users")).as("a partial export has no users").isFalse();
        assertThat(config(partial).path("code-count").asText()).isEqualTo("5");
        return new Left(realm.name(), from.home().resolve("bin"), alice, codes, HelpDeskCode.issue(realm, alice), bob);
    }

    private static void comesOut(TestRealm realm, TestUser user, String code, String reason) {
        LoginClient client = realm.enterCode(user, code);
        if (reason.isEmpty()) {
            assertThat(client.page().status() == 200 && client.page().error().isEmpty())
                    .as("%s", client.page())
                    .isTrue();
        } else {
            assertThat(Event.detail(realm.admin().events("LOGIN_ERROR").get(0), "reason"))
                    .isEqualTo(reason);
        }
    }

    private static JsonNode config(JsonNode realm) {
        for (JsonNode action : realm.path("requiredActions")) {
            if (action.path("alias").asText().equals(BackupCodesNames.ACTION)) {
                return action.path("config");
            }
        }
        return realm.path("none");
    }
}
