package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.CodeList;
import io.github.backupcodes.support.HelpDeskCode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.MadeRecoveryCodes;
import io.github.backupcodes.support.ServerBuilder;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A realm is exported as {@code docs/upgrade.md} says, and imported into another server: everything about codes comes along. */
class ExportIT {

    private static final Page PAGE = new Page("upgrade.md");

    @Test
    @SuppressWarnings("try") // closed before its end: the embedded database belongs to one process
    void codesUsesTracesAndSettingsComeAlong(@TempDir Path directory) throws IOException {
        ServerBuilder server = KeycloakServer.named("export").database("--db=dev-file");
        MadeRecoveryCodes recovery = MadeRecoveryCodes.now();
        Path file;
        TestUser alice;
        TestUser bob;
        List<String> codes;
        String temporary;
        try (KeycloakServer from = server.start()) {
            TestRealm realm = TestRealm.on(from)
                    .policy("code-count", "5")
                    .policy("expires-after-days", "100")
                    .create();
            HelpDeskCode.prepare(realm);
            alice = realm.user("alice").otp().create();
            codes = CodeList.madeBy(alice, realm);
            assertThat(CodeList.tryCode(alice, realm, codes.get(1)).isSignedIn())
                    .isTrue();
            temporary = HelpDeskCode.issue(realm, alice);
            bob = realm.user("bob").otp().credential(recovery.credential()).create();
            assertThat(CodeList.tryCode(bob, realm, recovery.code(4)).isSignedIn())
                    .isTrue();
            file = directory.resolve("demo.json");

            JsonNode partial = realm.admin()
                    .client()
                    .postForAnswer(
                            realm.admin().path("/partial-export?exportClients=true&exportGroupsAndRoles=true"),
                            Map.of());
            assertThat(partial.path("users").isMissingNode())
                    .as("a partial export has no users")
                    .isTrue();
            assertThat(config(partial).path("code-count").asText()).isEqualTo("5");

            from.close();
            Command.run(
                    List.of(
                            "bash",
                            "-euo",
                            "pipefail",
                            "-c",
                            PAGE.block("export")
                                    .replace("demo.json", file.toString())
                                    .replace("--realm demo", "--realm " + realm.name())),
                    Map.of("PATH", from.home().resolve("bin") + ":" + System.getenv("PATH"), "KC_DB", "dev-file"),
                    "");
        }
        JsonNode exported = Json.read(Files.readString(file));
        String name = exported.path("realm").asText();
        assertThat(Files.readString(file)).doesNotContain(codes).doesNotContain(temporary);

        try (KeycloakServer into = server.importing(file).start()) {
            TestRealm realm = TestRealm.of(into, into.admin().realm(name));
            assertThat(config(realm)).contains("5", "100");
            comesOut(realm, alice, codes.get(1), "backup_code_already_used");
            comesOut(realm, alice, codes.get(0), "");
            comesOut(realm, alice, codes.get(0), "backup_code_already_used");
            comesOut(realm, alice, temporary, "");
            comesOut(realm, bob, recovery.code(4), "backup_code_already_used");
            comesOut(realm, bob, recovery.code(7), "");
        }
    }

    private static void comesOut(TestRealm realm, TestUser user, String code, String reason) {
        LoginClient client = realm.session(LoginClient.connections());
        client.signIn(user);
        client.choose(realm.backupCodeExecution());
        client.enterBackupCode(code);
        if (reason.isEmpty()) {
            assertThat(client.isAfterUse()
                            || client.page().status() == 200
                                    && client.page().error().isEmpty())
                    .as("%s", client.page())
                    .isTrue();
        } else {
            assertThat(realm.admin()
                            .events("LOGIN_ERROR")
                            .get(0)
                            .path("details")
                            .path("reason")
                            .asText())
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

    private static List<String> config(TestRealm realm) {
        JsonNode config = realm.admin().requiredActionConfig(BackupCodesNames.ACTION);
        return List.of(
                config.path("code-count").asText(),
                config.path("expires-after-days").asText());
    }
}
