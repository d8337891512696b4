package io.github.backupcodes.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.docs.OpenApiContract;
import io.github.backupcodes.support.realm.AdminClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who has a second factor and who of these has codes. */
class CoverageIT {

    @Test
    void everyUserWithASecondFactorIsCountedOnceAndThoseWithoutCodesAreListed() {
        try (TestRealm realm = TestRealm.create()) {
            realm.user("usable").otp().codes(TestCodeSet.of(10)).create();
            realm.user("low").otp().codes(TestCodeSet.of(4).used(0)).create();
            realm.user("expired")
                    .otp()
                    .codes(TestCodeSet.of(10).expiringAt(Instant.now()))
                    .create();
            realm.user("used-up").otp().codes(TestCodeSet.of(1).used(0)).create();
            realm.user("turned-off")
                    .otp()
                    .codes(TestCodeSet.of(10).guessed(100, null))
                    .create();
            realm.user("without").otp().create();
            realm.user("no-factor").create();
            realm.user("passkey")
                    .credential(Map.of(
                            "type",
                            "webauthn-passwordless",
                            "secretData",
                            "{}",
                            "credentialData",
                            "{\"counter\":0,\"credentialId\":\"AA\",\"transports\":[]}"))
                    .with("emailVerified", false)
                    .create();
            realm.user("unheard")
                    .otp()
                    .codes(TestCodeSet.of(10))
                    .with("emailVerified", false)
                    .create();
            realm.user("codes-alone").codes(TestCodeSet.of(10)).create();
            realm.user("mail-alone").emailCode().codes(TestCodeSet.of(10)).create();
            realm.user("mail-and-app")
                    .emailCode()
                    .otp()
                    .codes(TestCodeSet.of(10))
                    .create();
            realm.user("gone").otp().with("enabled", false).create();

            JsonNode coverage = get(realm, "");

            assertThat(coverage.path("usersWithSecondFactor").asInt()).isEqualTo(10);
            assertThat(coverage.path("emailOnly").asInt()).isEqualTo(1);
            assertThat(coverage.path("usable").asInt()).isEqualTo(4);
            assertThat(coverage.path("low").asInt()).isEqualTo(1);
            assertThat(coverage.path("expired").asInt()).isEqualTo(1);
            assertThat(coverage.path("none").asInt()).isEqualTo(4);
            assertThat(coverage.path("withoutVerifiedEmail").asInt()).isEqualTo(1);
            assertThat(names(coverage))
                    .containsExactlyInAnyOrder("expired", "used-up", "turned-off", "without", "passkey");
            assertThat(coverage.path("users"))
                    .filteredOn(user -> user.path("username").asText().equals("expired"))
                    .singleElement()
                    .satisfies(user -> assertThat(user.path("state").asText()).isEqualTo("expired"));

            List<String> paged = new ArrayList<>();
            for (int first = 0; first < 6; first += 2) {
                JsonNode page = get(realm, "?first=%d&max=2".formatted(first));
                assertThat(page.path("usersWithSecondFactor").asInt()).isEqualTo(10);
                paged.addAll(names(page));
            }
            assertThat(paged).isEqualTo(names(coverage));
            assertThat(get(realm, "?max=0").path("users")).isEmpty();

            AdminClient viewer = TestAdministrator.with(realm, "view-officer", "view-users");
            AdminClient realmOfficer = TestAdministrator.with(realm, "realm-officer", "manage-realm", "query-users");
            assertThat(viewer.send("GET", path(realm), null).statusCode()).isEqualTo(200);
            assertThat(realmOfficer.send("GET", path(realm), null).statusCode()).isEqualTo(403);

            realm.admin().configureRequiredAction("CONFIGURE_BACKUP_CODES", Map.of("low-threshold", "2"));
            assertThat(get(realm, "").path("usable").asInt()).isEqualTo(5);
        }
    }

    /** More rows than are fetched at once. */
    @Test
    void moreThanAThousandUsersAreCounted() {
        try (TestRealm realm = TestRealm.create()) {
            CoverageLoad load = CoverageLoad.of(realm, 1_250);
            load.ask(0, 1_000);
            load.ask(700, 100);
        }
    }

    private static List<String> names(JsonNode coverage) {
        List<String> names = new ArrayList<>();
        coverage.path("users").forEach(user -> names.add(user.path("username").asText()));
        return names;
    }

    private static JsonNode get(TestRealm realm, String query) {
        JsonNode coverage = realm.admin().client().get(path(realm) + query);
        assertThat(OpenApiContract.faults("GET", "/coverage", 200, coverage)).isEmpty();
        return coverage;
    }

    private static String path(TestRealm realm) {
        return realm.admin().path("/backup-codes/coverage");
    }
}
