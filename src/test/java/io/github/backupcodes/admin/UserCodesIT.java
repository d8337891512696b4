package io.github.backupcodes.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.AdminClient;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.CodeList;
import io.github.backupcodes.support.HeldRow;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.MadeCodes;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What administrators see of one user, and how they take codes away. */
class UserCodesIT {

    private static TestRealm realm;

    @BeforeAll
    static void makeRealm() {
        realm = TestRealm.create();
    }

    @AfterAll
    static void deleteRealm() {
        realm.close();
    }

    @Test
    void theStateTellsTheFiguresAndTimesAndNoSecret() {
        Instant end = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
        Instant pause = Instant.now().plus(Duration.ofMinutes(15)).truncatedTo(ChronoUnit.SECONDS);
        TestUser user = realm.user("alice")
                .otp()
                .codes(MadeCodes.of(4).used(2).expiringAt(end).guessed(10, pause))
                .create();

        JsonNode state = state(user);

        assertThat(state.path("total").asInt()).isEqualTo(4);
        assertThat(state.path("remaining").asInt()).isEqualTo(3);
        assertThat(state.path("scheme").asText()).isEqualTo("argon2id");
        assertThat(Instant.parse(state.path("expiresAt").asText())).isEqualTo(end);
        assertThat(Instant.parse(state.path("pausedUntil").asText())).isEqualTo(pause);
        assertThat(Instant.parse(state.path("createdAt").asText())).isBefore(Instant.now());
        assertThat(Instant.parse(state.path("lastUsedAt").asText())).isBefore(Instant.now());
        assertThat(state.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "total",
                        "remaining",
                        "createdAt",
                        "expiresAt",
                        "lastUsedAt",
                        "pausedUntil",
                        "scheme",
                        "hashKey",
                        "temporaryCodeExpiresAt");
    }

    @Test
    void aNewSetHasNoUseNoPauseAndNoEndAndAUserWithoutOneHasNothing() {
        JsonNode fresh = state(realm.user("bob").otp().codes(MadeCodes.of(2)).create());
        JsonNode none = state(realm.user("carol").otp().create());

        assertThat(fresh.path("remaining").asInt()).isEqualTo(2);
        assertThat(fresh.path("expiresAt").isNull()).isTrue();
        assertThat(fresh.path("lastUsedAt").isNull()).isTrue();
        assertThat(fresh.path("pausedUntil").isNull()).isTrue();
        assertThat(none.path("total").asInt()).isZero();
        assertThat(none.path("createdAt").isNull()).isTrue();
    }

    @Test
    void revokingTakesAllCodesAwayAndIsOnRecordOnce() {
        MadeCodes codes = MadeCodes.of(3);
        TestUser user = realm.user("dave").otp().codes(codes).create();
        realm.admin().clearEvents();

        assertThat(send("DELETE", user.id()).statusCode()).isEqualTo(204);
        assertThat(send("DELETE", user.id()).statusCode()).isEqualTo(204);

        assertThat(state(user).path("total").asInt()).isZero();
        assertThat(user.admin().credentials("otp")).hasSize(1);
        assertThat(realm.admin().adminEvents().stream()
                        .filter(event -> event.path("operationType").asText().equals("DELETE")))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("resourcePath").asText()).isEqualTo("backup-codes/users/" + user.id()));
        LoginClient client = realm.session(LoginClient.connections());
        client.signIn(user);
        assertThat(client.page().has("#kc-select-try-another-way-form"))
                .as("%s", client.page())
                .isFalse();
    }

    @Test
    void whileASignInHoldsTheCodesRevokingIsToBeTriedAgain() {
        TestUser user = realm.user("grace").otp().codes(MadeCodes.of(3)).create();
        CompletableFuture<HttpResponse<String>> holder = HeldRow.of(realm.admin(), user, Duration.ofSeconds(8));

        HttpResponse<String> busy = send("DELETE", user.id());
        holder.join();

        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(Json.read(busy.body()).path("errorMessage").asText()).contains("try again");
        assertThat(state(user).path("remaining").asInt()).isEqualTo(3);
        assertThat(send("DELETE", user.id()).statusCode()).isEqualTo(204);
    }

    @Test
    void afterRevokingTheUserCanMakeNewCodes() {
        TestUser user = realm.user("erin").otp().codes(MadeCodes.of(3)).create();
        send("DELETE", user.id());

        CodeList.madeBy(user, realm);

        assertThat(state(user).path("remaining").asInt()).isEqualTo(10);
    }

    @Test
    void aUserWhoIsNotThereIsNotFound() {
        assertThat(send("GET", "nobody").statusCode()).isEqualTo(404);
        assertThat(Json.read(send("GET", "nobody").body()).path("error").asText())
                .isEqualTo("User not found");
    }

    @Test
    void aUserIsNotMadeWithASetThatCannotBeRead() {
        Map<String, Object> set = new HashMap<>(MadeCodes.of(2).credential());
        set.put("credentialData", "{\"version\": 99}");
        HttpResponse<String> answer = realm.admin()
                .client()
                .send("POST", realm.admin().path("/users"), Map.of("username", "henry", "credentials", List.of(set)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body()).path("errorMessage").asText()).contains("backup codes cannot be read");
        assertThat(realm.admin().client().get(realm.admin().path("/users?username=henry")))
                .isEmpty();

        set.remove("credentialData");
        answer = realm.admin()
                .client()
                .send("POST", realm.admin().path("/users"), Map.of("username", "henry", "credentials", List.of(set)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body()).path("errorMessage").asText())
                .contains("(credentialData is missing or not as it should be)");
    }

    @Test
    void aLabelThatTheColumnCannotTakeIsRefusedInAnyCredentialOfOurs() {
        Map<String, Object> set = new HashMap<>(MadeCodes.of(2).credential());
        Map<String, Object> temporary = new HashMap<>(
                MadeCodes.of(1).expiringAt(Instant.now().plusSeconds(600)).credential());
        temporary.put("type", "backup-codes-temporary");
        Map<String, Object> traces = new HashMap<>(
                Map.of("type", "backup-codes-recovery", "credentialData", "{}", "secretData", "{}", "createdDate", 1));
        for (Map<String, Object> credential : List.of(set, temporary, traces)) {
            assertThat(made(credential, "l".repeat(256)).statusCode())
                    .as("%s", credential.get("type"))
                    .isEqualTo(400);
        }
        HttpResponse<String> answer = made(set, "l".repeat(300));
        assertThat(Json.read(answer.body()).path("errorMessage").asText()).contains("userLabel");
        assertThat(realm.admin().client().get(realm.admin().path("/users?username=longest")))
                .isEmpty();
        assertThat(made(set, "l".repeat(255)).statusCode()).isEqualTo(201);
    }

    @Test
    void aNameOfTheTypeThatTheColumnCannotTakeIsNoObstacleToNewCodes() {
        try (TestRealm own = TestRealm.create()) {
            own.admin()
                    .client()
                    .send(
                            "POST",
                            own.admin().path("/localization/en"),
                            Map.of("backup-codes-display-name", "n".repeat(300)));
            TestUser user =
                    own.user("lena").requiredAction(BackupCodesNames.ACTION).create();
            LoginClient client = own.session(LoginClient.connections());
            client.signIn(user);
            client.saveCodes();
            assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL))
                    .singleElement()
                    .satisfies(set -> assertThat(set.path("userLabel").asText()).isEmpty());
        }
    }

    private static HttpResponse<String> made(Map<String, Object> credential, String label) {
        Map<String, Object> labelled = new HashMap<>(credential);
        labelled.put("userLabel", label);
        return realm.admin()
                .client()
                .send(
                        "POST",
                        realm.admin().path("/users"),
                        Map.of("username", "longest", "credentials", List.of(labelled)));
    }

    @Test
    void eachRoleMayDoWhatItMayDoElsewhere() {
        TestUser user = realm.user("frank").otp().codes(MadeCodes.of(3)).create();
        AdminClient nobody = Officer.with(realm, "no-officer");
        AdminClient viewer = Officer.with(realm, "view-officer", "view-users");
        AdminClient realmOfficer = Officer.with(realm, "realm-officer", "manage-realm");
        AdminClient manager = Officer.with(realm, "manage-officer", "manage-users");

        assertThat(status(nobody, "GET", user)).isEqualTo(403);
        assertThat(status(nobody, "DELETE", user)).isEqualTo(403);
        assertThat(status(realmOfficer, "GET", user)).isEqualTo(403);
        assertThat(status(realmOfficer, "DELETE", user)).isEqualTo(403);
        assertThat(status(viewer, "GET", user)).isEqualTo(200);
        assertThat(status(viewer, "DELETE", user)).isEqualTo(403);
        assertThat(state(user).path("remaining").asInt()).isEqualTo(3);
        assertThat(status(manager, "GET", user)).isEqualTo(200);
        assertThat(status(manager, "DELETE", user)).isEqualTo(204);
    }

    private static int status(AdminClient client, String method, TestUser user) {
        return send(client, method, user.id()).statusCode();
    }

    private static JsonNode state(TestUser user) {
        return Json.read(send("GET", user.id()).body());
    }

    private static HttpResponse<String> send(String method, String user) {
        return send(realm.admin().client(), method, user);
    }

    /** Every answer is as the document says. */
    private static HttpResponse<String> send(AdminClient client, String method, String user) {
        HttpResponse<String> answer = client.send(method, path(user), null);
        assertThat(Contract.faults(method, "/users/{id}", answer.statusCode(), Contract.body(answer.body())))
                .isEmpty();
        return answer;
    }

    private static String path(String user) {
        return realm.admin().path("/" + BackupCodesNames.CREDENTIAL + "/users/" + user);
    }
}
