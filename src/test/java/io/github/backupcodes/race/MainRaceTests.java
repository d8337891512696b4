package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Beside all races, what a set goes through: for databases, and other places for storage, that no other test runs on. */
abstract class MainRaceTests extends FirstUseRaceTests {

    /** As the servers of these tests are told to look. */
    static final String EXPIRY_CHECK = "--spi-credential--backup-codes--expiry-check-seconds=3";

    @Test
    void codesAreMadeUsedOnceAndReplaced() {
        RaceUsers users = people(UserOrigin.LOCAL);
        RaceUser user = users.member();
        List<String> codes = toNewCodes(users, user, 0);
        lane(0).client().saveCodes();
        assertThat(lane(0).getsTokens()).isTrue();

        assertThat(tried(users, user, codes.get(2)).granted()).isTrue();
        assertThat(lane(1).client().page().text("#backupCodesLeft")).endsWith("9");
        assertThat(tried(users, user, codes.get(2)).refusedWith(RefusalMessage.USED))
                .isTrue();
        assertThat(user.used()).containsExactly(2);

        RealmAdmin admin = users.realm().admin();
        admin.configureCodes(Map.of("code-count", "12", "max-failures", String.valueOf(RaceUsers.MAX_FAILURES)));
        List<String> more = toNewCodes(users, user, 0);
        lane(0).client().saveCodes();
        assertThat(more).hasSize(12);
        assertThat(tried(users, user, codes.get(3)).refusedWith(RefusalMessage.REPLACED))
                .isTrue();
        assertThat(tried(users, user, more.get(11)).granted()).isTrue();

        String path = admin.path("/backup-codes/users/" + user.admin().id());
        assertThat(admin.client().get(path).path("remaining").asInt()).isEqualTo(11);
        assertThat(admin.client().send("DELETE", path, null).statusCode()).isEqualTo(204);
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
    }

    private RequestOutcome tried(RaceUsers users, RaceUser user, String code) {
        RaceClient lane = lane(1);
        lane.at(users.codePage(lane.http(), node(1), user));
        return lane.run(lane.prepare(code, node(0)));
    }

    @Test
    void coverageCountsUsersAndWhoseSetEndsSoonIsToldOnce() {
        try (MailServer mails = MailServer.start();
                TestRealm realm =
                        TestRealm.on(first()).with("smtpServer", mails.smtp()).create()) {
            Instant end = Instant.now().plus(Duration.ofMinutes(10));
            TestCodeSet codes = TestCodeSet.of(10)
                    .madeAt(Instant.now().minus(Duration.ofDays(365)))
                    .expiringAt(end);
            TestUser ending = realm.user("ending").otp().codes(codes).create();
            realm.user("usable").otp().codes(TestCodeSet.of(10)).create();
            realm.user("low").otp().codes(TestCodeSet.of(4).used(0)).create();
            realm.user("expired")
                    .otp()
                    .codes(TestCodeSet.of(10).expiringAt(Instant.now()))
                    .create();
            realm.user("without").otp().create();
            realm.user("no-factor").create();

            JsonNode coverage = realm.admin().get("/backup-codes/coverage");

            assertThat(coverage.path("usersWithSecondFactor").asInt()).isEqualTo(5);
            assertThat(coverage.path("usable").asInt()).isEqualTo(2);
            assertThat(coverage.path("low").asInt()).isEqualTo(1);
            assertThat(coverage.path("expired").asInt()).isEqualTo(1);
            assertThat(coverage.path("none").asInt()).isEqualTo(1);
            assertThat(coverage.path("users")).hasSize(2);

            assertThat(mails.await(Messages.of("backupCodesMailExpiringSubject"))
                            .to())
                    .isEqualTo("ending@example.org");
            LoginClient client = realm.session(LoginClient.connections());
            client.signIn(ending);
            client.choose(realm.backupCodeExecution());
            client.backupCode(codes.code(0));
            client.assertSignedIn();
            assertThat(ending.admin().backupCodes().has("remindedAt")).isTrue();
        }
    }
}
