package io.github.backupcodes.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a later version has written comes under this one: in a rolling update, and after the way back. A value of a setting that
 * only a later version knows is one more bad value, see {@code PolicyOnServerIT}.
 */
class LaterVersionIT {

    private static final String LATER = "{\"later\":{\"of\":[1]},";
    private static final String TRACES = "backup-codes-recovery";

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    @Test
    void whatItHasAddedIsKeptWhenACodeIsUsedOrWrong() {
        TestCodeSet codes = TestCodeSet.of(3).replacing(TestCodeSet.of(2)).used(2);
        TestUser user = realm.user("added").otp().codes(codes).create();
        String id = id(user, BackupCodesNames.CREDENTIAL);
        Map<String, String> row = row(id);
        write(
                user,
                id,
                row.getOrDefault("credentialData", "").replace("{", LATER),
                row.getOrDefault("secretData", "").replace("{", LATER));

        enter(user, codes.code(0)).assertSignedIn();
        enter(user, TestCodeSet.wrong());

        Map<String, String> after = row(id);
        JsonNode open = Json.read(after.getOrDefault("credentialData", ""));
        JsonNode secret = Json.read(after.getOrDefault("secretData", ""));
        JsonNode later = Json.read("{\"of\":[1]}");
        assertThat(open.path("uses")).hasSize(2);
        assertThat(open.at("/guesses/inARow").asInt()).isEqualTo(1);
        assertThat(open.path("later")).isEqualTo(later);
        assertThat(open.at("/format/later")).isEqualTo(later);
        assertThat(open.at("/scheme/later")).isEqualTo(later);
        assertThat(open.at("/uses/1/later")).isEqualTo(later);
        assertThat(secret.path("later")).isEqualTo(later);
        assertThat(secret.at("/replaced/later")).isEqualTo(later);
        assertThat(secret.at("/replaced/format/later")).isEqualTo(later);
    }

    @Test
    void whatItHasAddedComesThroughAnImport() {
        TestCodeSet codes = TestCodeSet.of(3);
        Map<String, Object> credential = new HashMap<>(codes.credential());
        credential.replaceAll(
                (key, value) -> key.endsWith("Data") ? value.toString().replaceFirst("\\{", LATER) : value);
        TestUser user = realm.user("imported").otp().credential(credential).create();
        Map<String, String> row = row(id(user, BackupCodesNames.CREDENTIAL));
        assertThat(row.values()).allMatch(json -> Json.read(json).has("later"));
        enter(user, codes.code(1)).assertSignedIn();
    }

    @Test
    void whatItHasAddedToTheTracesOfRecoveryCodesIsKept() {
        TestRecoveryCodes codes = TestRecoveryCodes.now();
        TestUser user = withTraces("traces", codes, json -> json);

        enter(user, codes.code(3)).assertSignedIn();

        Map<String, String> after = row(id(user, TRACES));
        assertThat(after.values()).allMatch(json -> Json.read(json).has("later"));
        assertThat(Json.read(after.getOrDefault("secretData", "")).path("used")).hasSize(1);
    }

    @Test
    void whatItHasAddedToTheTracesOfOlderRecoveryCodesGoesWithThem() {
        TestUser user = withTraces(
                "older-traces",
                TestRecoveryCodes.now(),
                json -> json.replaceFirst("(\"recoveryCodes\":\")[^\"]*", "$1older"));

        enter(user, TestRecoveryCodes.wrong());

        Map<String, String> after = row(id(user, TRACES));
        assertThat(after.values()).noneMatch(json -> Json.read(json).has("later"));
        assertThat(Json.read(after.getOrDefault("credentialData", ""))
                        .path("inARow")
                        .asInt())
                .isOne();
    }

    /** A user who has entered a wrong code, with what a later version has added to that. */
    private static TestUser withTraces(String name, TestRecoveryCodes codes, UnaryOperator<String> more) {
        TestUser user = realm.user(name).otp().credential(codes.credential()).create();
        enter(user, TestRecoveryCodes.wrong());
        String id = id(user, TRACES);
        Map<String, String> row = row(id);
        write(
                user,
                id,
                more.apply(row.getOrDefault("credentialData", "").replace("{", LATER)),
                row.getOrDefault("secretData", "").replace("{", LATER));
        return user;
    }

    /** Its codes cannot be checked: the user is told, administrators see it, and the row stays until new codes are saved. */
    @ParameterizedTest
    @CsvSource({
        "credentialData, \"version\":1, \"version\":2",
        "secretData, \"version\":1, \"version\":2",
        "credentialData, argon2id, argon3",
        "credentialData, base32, base64"
    })
    void anotherKindOfSetIsLeftAlone(String column, String known, String later) {
        TestCodeSet codes = TestCodeSet.of(3);
        TestUser user = realm.user("kind-" + Math.floorMod((column + later).hashCode(), 100_000))
                .otp()
                .codes(codes)
                .create();
        String id = id(user, BackupCodesNames.CREDENTIAL);
        Map<String, String> row = new HashMap<>(row(id));
        row.compute(column, (key, json) -> json == null ? "" : json.replace(known, later));
        assertThat(row).isNotEqualTo(row(id));
        write(user, id, row.getOrDefault("credentialData", ""), row.getOrDefault("secretData", ""));

        LoginClient client = enter(user, codes.code(0));
        assertThat(client.page().status()).isEqualTo(200);
        client.page().assertError("backupCodeErrorUnreadable");
        assertThat(realm.admin().events("LOGIN_ERROR")).anySatisfy(event -> {
            assertThat(event.path("userId").asText()).isEqualTo(user.id());
            assertThat(Event.detail(event, "reason")).isEqualTo("backup_codes_unreadable");
        });
        JsonNode state = user.admin().codesState();
        assertThat(state.path("remaining").asInt()).isZero();
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);
        // the second factor opens as ever, and nothing has touched the row
        LoginClient other = realm.signInWithApp(user);
        assertThat(other.isInvited()).as("to make new ones: %s", other.page()).isTrue();
        other.notNow();
        other.assertSignedIn();
        assertThat(row(id)).isEqualTo(row);
    }

    /** Where users with a second factor have to have codes, one whose codes are of a later kind makes new ones at sign-in. */
    @Test
    void newCodesTakeThePlaceOfAnotherKindOfSet() {
        TestCodeSet codes = TestCodeSet.of(3);
        TestUser user = realm.user("renewing").otp().codes(codes).create();
        String id = id(user, BackupCodesNames.CREDENTIAL);
        write(user, id, "{\"version\":2}", "{\"version\":2}");
        user.admin().require(BackupCodesNames.ACTION);

        LoginClient client = realm.signInWithApp(user);
        String fresh = client.page().backupCodes().get(0);
        assertThat(row(id)).as("until they are saved").containsEntry("secretData", "{\"version\":2}");
        client.saveCodes();

        enter(user, fresh).assertSignedIn();
    }

    /** Keycloak writes the settings that the version that is open has, over those that are there. */
    @Test
    void settingsOfALaterVersionOutliveThatThisOneSavesItsOwn() {
        Map<String, Object> action = new HashMap<>(Map.of(
                "alias", BackupCodesNames.ACTION, "providerId", BackupCodesNames.ACTION, "name", "Backup codes"));
        action.put("enabled", true);
        action.put("config", Map.of("code-count", "7", "code-colour", "green"));
        try (TestRealm set = TestRealm.on(realm.server())
                .with("requiredActions", List.of(action))
                .withoutBackupCodes()
                .create()) {
            set.admin().configureCodes(Map.of("code-count", "4"));
            assertThat(set.admin().codesSetting("code-colour").asText()).isEqualTo("green");
            TestUser user = set.user("alice").otp().mustGenerateCodes().create();
            LoginClient client = set.signInWithApp(user);
            assertThat(client.page().backupCodes()).hasSize(4);
        }
    }

    private static LoginClient enter(TestUser user, String code) {
        return realm.signInWith(user, code);
    }

    private static String id(TestUser user, String type) {
        return user.admin().credentialId(type);
    }

    private static Map<String, String> row(String id) {
        JsonNode row = realm.admin().client().get(path(id));
        return Map.of(
                "credentialData",
                row.path("credentialData").asText(),
                "secretData",
                row.path("secretData").asText());
    }

    private static void write(TestUser user, String id, String open, String secret) {
        realm.admin().client().put(path(id), Map.of("credentialData", open, "secretData", secret));
        // any change of the user takes the user out of the cache
        user.admin().update(Map.of("firstName", "Somebody"));
    }

    private static String path(String id) {
        return realm.admin().path("/" + RowLockResourceFactory.ID + "/" + id + "/data");
    }
}
