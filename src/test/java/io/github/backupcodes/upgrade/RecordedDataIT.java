package io.github.backupcodes.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Users with what released versions have written about them sign in on this one. */
class RecordedDataIT {

    private static final String ONCE = "0.1.0/";

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    @BeforeAll
    static void prepareRealm() {
        takeAttributes(realm);
    }

    static List<String> withCodes() throws IOException {
        return Recording.all().stream()
                .filter(name -> !Recording.of(name).tries().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withCodes")
    void eachCodeComesOutAsItShould(String name) {
        Recording recording = Recording.of(name);
        TestUser user = create(name, recording);
        for (Recording.Try typed : recording.tries()) {
            LoginClient client = realm.enterCode(user, typed.code());
            String outcome = client.isAfterUse() || client.isSignedIn() ? Recording.ACCEPTED : reason(user);
            assertThat(outcome).as("%s: %s", name, client.page()).isEqualTo(typed.outcome());
        }
    }

    /** An import reads and writes a set: this is the row as it was. */
    @ParameterizedTest
    @MethodSource("withCodes")
    void theSameFromTheRowsThemselves(String name) {
        Recording recording = Recording.of(name);
        TestUser user = create(name.replaceFirst("/", "/row-"), recording);
        for (Recording.Row row : recording.credentials()) {
            if (row.type().startsWith("backup-codes")) {
                String id =
                        user.admin().credentials(row.type()).get(0).path("id").asText();
                realm.admin()
                        .put(
                                "/" + RowLockResourceFactory.ID + "/" + id + "/data",
                                Map.of("credentialData", traced(user, alive(row)), "secretData", row.secretData()));
            }
        }
        // any change of the user takes the user out of the cache
        user.admin().update(Map.of("firstName", "Somebody"));
        Recording.Try typed = recording.tries().get(0);
        LoginClient client = realm.enterCode(user, typed.code());
        String outcome = client.isAfterUse() || client.isSignedIn() ? Recording.ACCEPTED : reason(user);
        assertThat(outcome).as("%s: %s", name, client.page()).isEqualTo(typed.outcome());
    }

    @Test
    void whoSaidNotNowIsLeftInPeaceForAsLongAsThatHolds() {
        Recording recording = Recording.of(ONCE + "not-now");
        String said =
                recording.attributes().getOrDefault("backup-codes.not-now", "").split(" ", 2)[1];
        try (TestRealm asking = TestRealm.on(realm.server()).asking().create()) {
            takeAttributes(asking);
            TestUser user = asking.user("alice")
                    .otp()
                    .with("attributes", recording.attributes())
                    .create();
            LoginClient client = asking.signInWithApp(user);
            assertThat(client.isSignedIn() || client.isInvited())
                    .as("%s", client.page())
                    .isTrue();
            assertThat(client.isInvited())
                    .isEqualTo(Instant.parse(said).plus(Duration.ofDays(14)).isBefore(Instant.now()));
        }
    }

    @Test
    void whoPutLoginVerificationOffIsRemindedWhenItIsTime() {
        Recording recording = Recording.of(ONCE + "put-off");
        Instant putOff = Instant.parse(recording.attributes().getOrDefault("login-verification-put-off", ""));
        try (TestRealm asking = TestRealm.create()) {
            takeAttributes(asking);
            asking.admin().registerRequiredAction(BackupCodesNames.VERIFICATION);
            asking.admin()
                    .configureRequiredAction(
                            BackupCodesNames.VERIFICATION, Map.of("grace-days", "365", "reminder-days", "365"));
            TestUser user = asking.user("alice")
                    .with("attributes", recording.attributes())
                    .create();
            LoginClient client = asking.signIn(user);
            assertThat(client.isSignedIn())
                    .as("%s", client.page())
                    .isEqualTo(putOff.plus(Duration.ofDays(365)).isAfter(Instant.now()));
        }
    }

    @Test
    void theSettingsMeanTheSame() {
        Map<String, Map<String, String>> settings = Recording.settings("0.1.0");
        try (TestRealm set = TestRealm.create()) {
            set.admin().registerRequiredAction(BackupCodesNames.VERIFICATION);
            settings.forEach((action, config) -> {
                set.admin().configureRequiredAction(action, config);
                JsonNode stored = set.admin().requiredActionConfig(action);
                config.forEach((key, value) ->
                        assertThat(stored.path(key).asText()).as(key).isEqualTo(value));
            });
            // they require codes: six of twelve digits, one of them typed back
            TestUser user = set.user("alice").otp().create();
            LoginClient client = set.signInWithApp(user);
            client.acceptInvitation();
            assertThat(client.page().backupCodes())
                    .hasSize(6)
                    .allMatch(code -> code.replaceAll("\\D", "").length() == 12);
            client.page().assertHasNo("#backup-codes-form [name=codesSaved]");
        }
    }

    private static TestUser create(String name, Recording recording) {
        TestUser.Builder user = realm.user(name.replaceAll("[^a-z0-9]", "-")).otp();
        Map<String, String> ids = new HashMap<>();
        for (Recording.Row row : recording.credentials()) {
            Map<String, Object> credential = new HashMap<>(row.representation());
            credential.put("credentialData", alive(row));
            // a second user with the same rows
            credential.computeIfPresent("id", (key, id) -> ids.computeIfAbsent(name + id, RecordedDataIT::id));
            credential.computeIfPresent("credentialData", (key, data) -> replaceIds(data.toString(), recording, name));
            user.credential(credential);
        }
        return user.with("attributes", recording.attributes()).create();
    }

    private static String replaceIds(String data, Recording recording, String name) {
        String replaced = data;
        for (Recording.Row row : recording.credentials()) {
            replaced = replaced.replace(row.id(), id(name + row.id()));
        }
        return replaced;
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Traces are about the recovery codes that the user has. */
    private static String traced(TestUser user, String data) {
        return user.admin().credentials("recovery-authn-codes").stream()
                .findFirst()
                .map(codes -> data.replaceFirst(
                        "(\"recoveryCodes\":\")[^\"]*", "$1" + codes.path("id").asText()))
                .orElse(data);
    }

    /** A temporary code has a week at most: its end is moved. */
    private static String alive(Recording.Row row) {
        return row.type().equals("backup-codes-temporary")
                ? row.credentialData()
                        .replaceFirst(
                                "(\"expiresAt\":\")[^\"]+", "$1" + Instant.now().plus(Duration.ofHours(1)))
                : row.credentialData();
    }

    private static String reason(TestUser user) {
        return user.admin().events("LOGIN_ERROR").stream()
                .findFirst()
                .map(event -> Event.detail(event, "reason"))
                .orElse("no event");
    }

    /** Administrators may write what users do not see. */
    private static void takeAttributes(TestRealm of) {
        RealmAdmin admin = of.admin();
        ObjectNode profile = admin.get("/users/profile").deepCopy();
        profile.put("unmanagedAttributePolicy", "ADMIN_EDIT");
        admin.put("/users/profile", profile);
    }
}
