package io.github.backupcodes.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.docs.OpenApiContract;
import io.github.backupcodes.race.server.ReadOnlyUserStorageProvider;
import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.AdminClient;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HeldRow;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.ReadOnlyStorage;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestEmailCode;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.UserAdmin;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What administrators see of one user, and how they take codes away. */
class UserBackupCodesResourceIT {

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    @Test
    void theStateTellsTheFiguresAndTimesAndNoSecret() {
        Instant end = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
        Instant pause = Instant.now().plus(Duration.ofMinutes(15)).truncatedTo(ChronoUnit.SECONDS);
        TestUser user = realm.user("alice")
                .otp()
                .codes(TestCodeSet.of(4).used(2).expiringAt(end).guessed(10, pause))
                .create();

        JsonNode state = state(user);

        assertThat(state.path("state").asText()).isEqualTo("paused");
        assertThat(state.path("total").asInt()).isEqualTo(4);
        assertThat(state.path("remaining").asInt()).isEqualTo(3);
        assertThat(state.path("consecutiveFailures").asInt()).isEqualTo(10);
        assertThat(state.path("secondFactors")).singleElement().satisfies(factor -> {
            assertThat(factor.path("type").asText()).isEqualTo("otp");
            assertThat(Instant.parse(factor.path("createdAt").asText()))
                    .isBefore(Instant.now().plusSeconds(1));
        });
        assertThat(state.path("scheme").asText()).isEqualTo("argon2id");
        assertThat(Instant.parse(state.path("expiresAt").asText())).isEqualTo(end);
        assertThat(Instant.parse(state.path("pausedUntil").asText())).isEqualTo(pause);
        assertThat(Instant.parse(state.path("createdAt").asText())).isBefore(Instant.now());
        assertThat(Instant.parse(state.path("lastUsedAt").asText())).isBefore(Instant.now());
        assertThat(state.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "state",
                        "total",
                        "remaining",
                        "consecutiveFailures",
                        "createdAt",
                        "expiresAt",
                        "lastUsedAt",
                        "pausedUntil",
                        "scheme",
                        "hashKey",
                        "temporaryCodeExpiresAt",
                        "secondFactors",
                        "emailCode",
                        "smsCode");
        assertThat(state.path("emailCode").isNull()).isTrue();
    }

    @Test
    void codesByEmailHaveAStateAndAreTakenAwayOnce() {
        try (MailServer mail = MailServer.start()) {
            realm.admin().update(Map.of("smtpServer", mail.smtp()));
            TestUser user = realm.user("mailed").otp().emailCode().create();
            realm.admin().clearEvents();

            JsonNode active = emailCode(user);
            assertThat(active.path("state").asText()).isEqualTo("active");
            assertThat(active.path("createdAt").isTextual()).isTrue();
            assertThat(active.path("lastUsedAt").isNull()).isTrue();
            JsonNode disabled = emailCode(realm.user("counted")
                    .emailCode(TestEmailCode.to("counted@example.org")
                            .accepted("AAAAAAAAAAAAAAAAAAAAAA", "2026-02-01T08:00:00.5Z")
                            .guessed(100, 100))
                    .create());
            assertThat(disabled.path("state").asText()).isEqualTo("disabled");
            assertThat(disabled.path("lastUsedAt").asText()).isEqualTo("2026-02-01T08:00:00Z");
            assertThat(emailCode(realm.user("moved")
                                    .emailCode(TestEmailCode.to("elsewhere@example.org"))
                                    .create())
                            .path("state")
                            .asText())
                    .isEqualTo("not_confirmed");
            assertThat(send("GET", user.id()).body()).doesNotContain("mailed@example.org");

            for (int time = 0; time < 2; time++) {
                HttpResponse<String> removed =
                        realm.admin().client().send("DELETE", path(user.id()) + "/email-code", null);
                assertThat(removed.statusCode()).isEqualTo(204);
                assertThat(OpenApiContract.faults("DELETE", "/users/{id}/email-code", 204, OpenApiContract.body("")))
                        .isEmpty();
            }
            assertThat(state(user).path("emailCode").isNull()).isTrue();
            assertThat(user.admin().credentials("otp")).hasSize(1);
            assertThat(realm.admin().adminEvents().stream()
                            .filter(event ->
                                    event.path("operationType").asText().equals("DELETE")))
                    .singleElement()
                    .satisfies(event -> assertThat(event.path("resourcePath").asText())
                            .isEqualTo("users/" + user.id() + "/email-code"));
            mail.await(Messages.of("emailCodeMailOffSubject"));
            assertThat(mail.mails()).singleElement().satisfies(sent -> assertThat(sent.to())
                    .isEqualTo("mailed@example.org"));
        } finally {
            realm.admin().update(Map.of("smtpServer", Map.of()));
        }
    }

    /** A helper must not take a set for a good one because codes are left. */
    @Test
    void oneWordTellsWhetherTheSetWorks() {
        Instant now = Instant.now();
        Map<String, TestCodeSet> sets = new LinkedHashMap<>();
        sets.put("good", TestCodeSet.of(10));
        sets.put("few_left", TestCodeSet.of(4).used(1));
        sets.put(
                "expires_soon",
                TestCodeSet.of(10).madeAt(now.minus(Duration.ofDays(90))).expiringAt(now.plusSeconds(3600)));
        sets.put("expired", TestCodeSet.of(10).expiringAt(now.minusSeconds(1)));
        sets.put("used_up", TestCodeSet.of(1).used(0));
        sets.put("turned_off", TestCodeSet.of(10).guessed(100, null));
        sets.forEach((word, set) -> {
            TestUser user = realm.user(word.replace('_', '-')).otp().codes(set).create();
            assertThat(state(user).path("state").asText()).isEqualTo(word);
        });
        TestUser user =
                realm.user("later-version").otp().codes(TestCodeSet.of(2)).create();
        realm.admin()
                .put(
                        "/" + RowLockResourceFactory.ID + "/" + user.admin().credentialId(BackupCodesNames.CREDENTIAL)
                                + "/data",
                        Map.of("credentialData", "{\"version\":2}", "secretData", "{\"version\":2}"));
        user.admin().update(Map.of("firstName", "Somebody"));
        assertThat(state(user).path("state").asText()).isEqualTo("unreadable");
    }

    @Test
    void aUserIsFoundByNameAsInKeycloaksSearchAndAnIdGoesBeforeAName() {
        TestUser user = realm.user("by-name").otp().codes(TestCodeSet.of(2)).create();
        // a user who takes the id of another one as a name
        TestUser impostor = realm.user(user.id()).create();
        assertThat(Json.read(send("GET", "by-name").body()).path("total").asInt())
                .isEqualTo(2);
        assertThat(Json.read(send("GET", "By-Name").body()).path("total").asInt())
                .isEqualTo(2);
        assertThat(state(user).path("total").asInt()).isEqualTo(2);
        assertThat(state(impostor).path("total").asInt()).isZero();
        assertThat(send("GET", user.id().toUpperCase(Locale.ROOT)).statusCode())
                .as("a mistyped id is not taken for the name of another user")
                .isEqualTo(404);

        AdminClient nobody = TestAdministrator.with(realm, "no-searcher");
        AdminClient searcher = TestAdministrator.with(realm, "searcher", "query-users");
        AdminClient viewer = TestAdministrator.with(realm, "viewer", "view-users");
        for (String name : List.of("by-name", "nobody-of-that-name")) {
            assertThat(send(nobody, "GET", name).statusCode()).isEqualTo(403);
            assertThat(send(searcher, "GET", name).statusCode())
                    .as("the answer does not tell which names there are")
                    .isEqualTo(404);
        }
        assertThat(send(viewer, "GET", "by-name").statusCode()).isEqualTo(200);
        assertThat(send(viewer, "DELETE", "by-name").statusCode()).isEqualTo(403);
        assertThat(send("DELETE", "by-name").statusCode()).isEqualTo(204);
        assertThat(state(user).path("state").asText()).isEqualTo("none");
    }

    @Test
    void theLabelSaysHowManyCodesAreLeftUnlessSomebodyHasTypedOne() {
        try (TestRealm own = TestRealm.create()) {
            TestUser user = own.user("labelled").otp().create();
            List<String> codes = own.generateCodes(user);
            assertThat(label(user)).isEqualTo("Backup codes: 10 of 10 left");
            own.signInWith(user, codes.get(6)).assertSignedIn();
            assertThat(label(user)).isEqualTo("Backup codes: 9 of 10 left");
            assertThat(user.admin().backupCodes().at("/uses/0/number").asInt())
                    .as("as on the list")
                    .isEqualTo(7);

            rename(own, user, "in the safe");
            own.signInWith(user, codes.get(0)).assertSignedIn();
            own.generateCodes(user);
            assertThat(label(user)).isEqualTo("in the safe");

            // the label of earlier versions
            rename(own, user, "Backup codes");
            TestUser off = own.user("off")
                    .otp()
                    .codes(TestCodeSet.of(5).guessed(99, null))
                    .create();
            assertThat(label(off)).isEqualTo("Backup codes: 5 of 5 left");
            own.signInWith(off, TestCodeSet.wrong());
            assertThat(label(off)).isEqualTo("Backup codes disabled");
            own.generateCodes(user);
            assertThat(label(user)).isEqualTo("Backup codes: 10 of 10 left");
        }
    }

    private static String label(TestUser user) {
        return user.admin().codeSet().path("userLabel").asText();
    }

    private static void rename(TestRealm in, TestUser user, String label) {
        String credential = user.admin().codeSet().path("id").asText();
        String path = in.admin().path("/users/" + user.id() + "/credentials/" + credential + "/userLabel");
        assertThat(in.admin().client().sendText("PUT", path, label).statusCode())
                .isEqualTo(204);
    }

    @Test
    void aNewSetHasNoUseNoPauseAndNoEndAndAUserWithoutOneHasNothing() {
        JsonNode fresh = state(realm.user("bob").otp().codes(TestCodeSet.of(2)).create());
        JsonNode none = state(realm.user("carol").otp().create());

        assertThat(fresh.path("remaining").asInt()).isEqualTo(2);
        assertThat(fresh.path("expiresAt").isNull()).isTrue();
        assertThat(fresh.path("lastUsedAt").isNull()).isTrue();
        assertThat(fresh.path("pausedUntil").isNull()).isTrue();
        assertThat(none.path("state").asText()).isEqualTo("none");
        assertThat(none.path("total").asInt()).isZero();
        assertThat(none.path("createdAt").isNull()).isTrue();
    }

    @Test
    void revokingTakesAllCodesAwayAndIsOnRecordOnce() {
        TestCodeSet codes = TestCodeSet.of(3);
        TestUser user = realm.user("dave").otp().codes(codes).create();
        realm.admin().clearEvents();

        assertThat(send("DELETE", user.id()).statusCode()).isEqualTo(204);
        assertThat(send("DELETE", user.id()).statusCode()).isEqualTo(204);

        assertThat(state(user).path("total").asInt()).isZero();
        assertThat(user.admin().credentials("otp")).hasSize(1);
        assertThat(realm.admin().adminEvents().stream()
                        .filter(event -> event.path("operationType").asText().equals("DELETE")))
                .singleElement()
                .satisfies(event -> assertThat(event.path("resourcePath").asText())
                        .as("the console lists users/<id>* at the user")
                        .isEqualTo("users/" + user.id() + "/backup-codes"));
        LoginClient client = realm.signIn(user);
        client.page().assertHasNo(Selectors.ANOTHER_WAY_FORM);
    }

    @Test
    void whileASignInHoldsTheCodesRevokingIsToBeTriedAgain() {
        TestUser user = realm.user("grace").otp().codes(TestCodeSet.of(3)).create();
        CompletableFuture<HttpResponse<String>> holder = HeldRow.of(realm.admin(), user, Duration.ofSeconds(8));

        HttpResponse<String> busy = send("DELETE", user.id());
        holder.join();

        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(Json.read(busy.body()).path("errorMessage").asText()).contains("Try again");
        assertThat(state(user).path("remaining").asInt()).isEqualTo(3);
        assertThat(send("DELETE", user.id()).statusCode()).isEqualTo(204);
    }

    @Test
    void afterRevokingTheUserCanMakeNewCodes() {
        TestUser user = realm.user("erin").otp().codes(TestCodeSet.of(3)).create();
        send("DELETE", user.id());

        realm.generateCodes(user);

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
        Map<String, Object> set = new HashMap<>(TestCodeSet.of(2).credential());
        set.put("credentialData", "{\"version\": 99}");
        HttpResponse<String> answer =
                realm.admin().send("POST", "/users", Map.of("username", "henry", "credentials", List.of(set)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body()).path("errorMessage").asText()).contains("Cannot read these backup codes");
        assertThat(realm.admin().get("/users?username=henry")).isEmpty();

        set.remove("credentialData");
        answer = realm.admin().send("POST", "/users", Map.of("username", "henry", "credentials", List.of(set)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body()).path("errorMessage").asText())
                .contains("(credentialData is missing or invalid)");
    }

    /** An import is limited, because a caller who may write users must not use up the server's time or leave codes without expiry. */
    @Test
    void whatAnImportMayNotBringIsRefusedByTheNameOfItsField() {
        TestUser user = realm.user("imports").otp().codes(TestCodeSet.of(1)).create();
        Map<String, Object> set = TestCodeSet.of(1).credential();
        String hash = hashIn(set);
        Map<Map<String, Object>, String> faults = new LinkedHashMap<>();
        faults.put(with(set, "credentialData", "\"memoryKib\":7168", "\"memoryKib\":71681"), "credentialData.scheme");
        faults.put(with(set, "credentialData", "\"iterations\":1,", "\"iterations\":100,"), "credentialData.scheme");
        faults.put(with(set, "credentialData", "\"memoryKib\":7168", "\"memoryKib\":64"), "credentialData.scheme");
        faults.put(with(set, "credentialData", "\"total\":1", "\"total\":2"), "credentialData.total");
        faults.put(with(set, "secretData", hash, String.join(",", Collections.nCopies(51, hash))), "secretData.hashes");
        faults.put(
                with(set, "credentialData", "\"total\":1", "\"total\":1,\"guesses\":{\"inARow\":-5}"),
                "credentialData.guesses");
        faults.put(
                with(set, "credentialData", "\"createdAt\":\"20", "\"createdAt\":\"+10020"),
                "credentialData.createdAt");
        faults.put(with(set, "type", BackupCodesNames.CREDENTIAL, HelpDeskCode.CREDENTIAL), "credentialData.expiresAt");
        faults.put(
                with(
                        with(set, "type", BackupCodesNames.CREDENTIAL, HelpDeskCode.CREDENTIAL),
                        "credentialData",
                        "\"total\"",
                        "\"expiresAt\":\"2126-01-01T00:00:00Z\",\"total\""),
                "credentialData.expiresAt");
        Map<String, Object> named = new HashMap<>(set);
        named.put("userLabel", "x".repeat(256));
        faults.put(named, "userLabel");
        Map<String, Object> traces = Map.of("type", "backup-codes-recovery", "secretData", "{\"used\":[]}");
        for (String count : List.of("-1", "101")) {
            Map<String, Object> counted = new HashMap<>(traces);
            counted.put("credentialData", "{\"recoveryCodes\":\"some\",\"inARow\":" + count + "}");
            faults.put(counted, "credentialData.inARow");
        }
        String path = realm.admin().path("/users/" + user.id());
        faults.forEach((credential, field) -> {
            HttpResponse<String> answer =
                    realm.admin().client().send("PUT", path, Map.of("credentials", List.of(credential)));
            assertThat(answer.statusCode()).as(field).isEqualTo(400);
            assertThat(Json.read(answer.body()).path("errorMessage").asText()).contains("(" + field);
        });
        assertThat(user.admin().credentials("backup-codes-recovery")).isEmpty();
        assertThat(state(user).path("remaining").asInt())
                .as("the set is as it was")
                .isEqualTo(1);
    }

    private static Map<String, Object> with(Map<String, Object> credential, String field, String old, String now) {
        Map<String, Object> changed = new HashMap<>(credential);
        String before = String.valueOf(credential.get(field));
        changed.put(field, before.replace(old, now));
        assertThat(changed).isNotEqualTo(credential);
        return changed;
    }

    private static String hashIn(Map<String, Object> credential) {
        return Json.read(String.valueOf(credential.get("secretData")))
                .at("/hashes/0")
                .toString();
    }

    /** As after a database was restored to some moment: who changed codes about then may have used more of them since. */
    @Test
    void allSetsThatWereChangedSinceATimeAreRevokedAndNoOther() {
        Instant weekAgo = Instant.now().minus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS);
        Instant yearAgo = Instant.now().minus(Duration.ofDays(365));
        try (TestRealm own = TestRealm.create()) {
            HelpDeskCode.prepare(own);
            TestUser untouched = own.user("untouched")
                    .otp()
                    .codes(TestCodeSet.of(3).madeAt(yearAgo))
                    .create();
            List<TestUser> changed = List.of(
                    own.user("made-lately").otp().codes(TestCodeSet.of(3)).create(),
                    own.user("used-lately")
                            .otp()
                            .codes(TestCodeSet.of(3).madeAt(yearAgo).used(1))
                            .create());
            TestUser helped = own.user("helped").otp().create();
            assertThat(HelpDeskCode.send(own.admin().client(), own, helped.id(), Map.of("reason", "lost"))
                            .statusCode())
                    .isEqualTo(200);
            UserAdmin federated =
                    own.admin().user("f:" + ReadOnlyStorage.in(own) + ":" + ReadOnlyUserStorageProvider.PREFIX + "1");
            federated.update(Map.of("credentials", List.of(TestCodeSet.of(3).credential())));
            own.admin().clearEvents();

            Map<String, Object> request = Map.of("since", weekAgo.toString(), "max", 3);
            JsonNode first = Json.read(revokeChanged(own, request).body());
            assertThat(first.path("users").asInt()).isEqualTo(3);
            assertThat(first.path("complete").asBoolean()).isFalse();
            JsonNode second = Json.read(revokeChanged(own, request).body());
            assertThat(second.path("users").asInt()).isEqualTo(1);
            assertThat(second.path("failed").asInt()).isZero();
            assertThat(second.path("complete").asBoolean()).isTrue();
            assertThat(Json.read(revokeChanged(own, request).body())
                            .path("users")
                            .asInt())
                    .isZero();

            assertThat(changed).allSatisfy(user -> assertThat(
                            user.admin().codesState().path("total").asInt())
                    .isZero());
            assertThat(helped.admin()
                            .codesState()
                            .path("temporaryCodeExpiresAt")
                            .isNull())
                    .isTrue();
            assertThat(federated.codesState().path("total").asInt()).isZero();
            assertThat(untouched.admin().codesState().path("remaining").asInt()).isEqualTo(3);
            assertThat(own.admin().adminEvents().stream()
                            .filter(event ->
                                    event.path("operationType").asText().equals("DELETE"))
                            .map(event -> event.path("resourcePath").asText()))
                    .containsExactlyInAnyOrder(
                            "users/" + changed.get(0).id() + "/backup-codes",
                            "users/" + changed.get(1).id() + "/backup-codes",
                            "users/" + helped.id() + "/backup-codes",
                            "users/" + federated.id() + "/backup-codes");

            // generated again after the first call: only what was changed until a time is removed
            TestUser again = own.user("again").otp().codes(TestCodeSet.of(3)).create();
            assertThat(Json.read(revokeChanged(
                                            own,
                                            Map.of(
                                                    "since",
                                                    "1970-01-01T00:00:00Z",
                                                    "until",
                                                    Instant.now()
                                                            .minus(Duration.ofDays(1))
                                                            .toString()))
                                    .body())
                            .path("users")
                            .asInt())
                    .isEqualTo(1);
            assertThat(untouched.admin().codesState().path("total").asInt()).isZero();
            assertThat(again.admin().codesState().path("remaining").asInt()).isEqualTo(3);
            for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                    Map.of(), Map.of("since", "yesterday"), Map.of("since", "2026-01-01T00:00:00Z", "max", 0))) {
                assertThat(revokeChanged(own, wrong).statusCode()).isEqualTo(400);
            }
        }
    }

    private static HttpResponse<String> revokeChanged(TestRealm in, Map<String, Object> request) {
        String path = "/revoke-changed";
        HttpResponse<String> answer = in.admin().send("POST", "/" + BackupCodesNames.CREDENTIAL + path, request);
        assertThat(OpenApiContract.faults("POST", path, answer.statusCode(), OpenApiContract.body(answer.body())))
                .isEmpty();
        return answer;
    }

    @Test
    void aLabelThatTheColumnCannotTakeIsRefusedInAnyCredentialOfOurs() {
        Map<String, Object> set = new HashMap<>(TestCodeSet.of(2).credential());
        Map<String, Object> temporary = new HashMap<>(
                TestCodeSet.of(1).expiringAt(Instant.now().plusSeconds(600)).credential());
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
        assertThat(realm.admin().get("/users?username=longest")).isEmpty();
        assertThat(made(set, "l".repeat(255)).statusCode()).isEqualTo(201);
    }

    @Test
    void aNameOfTheTypeThatTheColumnCannotTakeIsNoObstacleToNewCodes() {
        try (TestRealm own = TestRealm.create()) {
            own.admin().send("POST", "/localization/en", Map.of("backupCodesLabel", "n".repeat(300)));
            TestUser user = own.user("lena").otp().mustGenerateCodes().create();
            LoginClient client = own.signInWithApp(user);
            client.saveCodes();
            client.assertSignedIn();
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL))
                    .singleElement()
                    .satisfies(set -> assertThat(set.path("userLabel").asText()).isEmpty());
        }
    }

    private static HttpResponse<String> made(Map<String, Object> credential, String label) {
        Map<String, Object> labelled = new HashMap<>(credential);
        labelled.put("userLabel", label);
        return realm.admin().send("POST", "/users", Map.of("username", "longest", "credentials", List.of(labelled)));
    }

    @Test
    void eachRoleMayDoWhatItMayDoElsewhere() {
        TestUser user = realm.user("frank").otp().codes(TestCodeSet.of(3)).create();
        AdminClient nobody = TestAdministrator.with(realm, "no-officer");
        AdminClient viewer = TestAdministrator.with(realm, "view-officer", "view-users");
        AdminClient realmOfficer = TestAdministrator.with(realm, "realm-officer", "manage-realm");
        AdminClient manager = TestAdministrator.with(realm, "manage-officer", "manage-users");

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

    private static JsonNode emailCode(TestUser user) {
        return state(user).path("emailCode");
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
        assertThat(OpenApiContract.faults(
                        method, "/users/{id}", answer.statusCode(), OpenApiContract.body(answer.body())))
                .isEmpty();
        return answer;
    }

    private static String path(String user) {
        return realm.admin().path("/" + BackupCodesNames.CREDENTIAL + "/users/" + user);
    }
}
