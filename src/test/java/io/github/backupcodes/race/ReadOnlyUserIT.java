package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.server.SharedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Users whom Keycloak may not change: a required action can neither be put on them nor be taken away. */
class ReadOnlyUserIT {

    @Test
    void theLastCodeLeadsToNewOnesAndOn() {
        try (RaceUsers users = new ReadOnlyRaceUsers(SharedServer.get())) {
            RaceUser user = users.member(1, true);

            LoginClient first = users.codePage(LoginClient.connections(), SharedServer.get(), user);
            first.backupCode(user.codes().code(0));
            List<String> codes = first.page().backupCodes();
            assertThat(codes).isNotEmpty();
            first.saveCodes();
            first.assertSignedIn();
            assertThat(first.tokens().path("access_token").asText()).isNotEmpty();
            assertThat(users.realm().admin().events("UPDATE_CREDENTIAL"))
                    .as("of the import and of the new codes")
                    .hasSize(2);
            assertThat(users.realm().admin().events("LOGIN")).hasSize(1);

            LoginClient second = users.codePage(LoginClient.connections(), SharedServer.get(), user);
            second.backupCode(codes.get(0));
            second.assertSignedIn();
        }
    }

    @Test
    void loginVerificationIsPassedOverWhereKeycloakCouldNotFinishIt() {
        try (RaceUsers users = new ReadOnlyRaceUsers(SharedServer.get())) {
            RealmAdmin admin = users.realm().admin();
            admin.registerRequiredAction(BackupCodesNames.VERIFICATION);
            Map<String, String> byApplication = Map.of("kc_action", BackupCodesNames.VERIFICATION);
            RaceUser has = users.member(1, true);
            LoginClient on = users.secondFactor(LoginClient.connections(), SharedServer.get(), has, byApplication);
            on.otp(has.totp().now());
            assertThat(on.parameter("kc_action_status")).as("%s", on.page()).contains("success");

            RaceUser hasNone = users.member(1, true);
            hasNone.admin().deleteCredentials("otp");
            long mark = SharedServer.get().log().mark();
            LoginClient off = users.secondFactor(LoginClient.connections(), SharedServer.get(), hasNone, byApplication);
            assertThat(off.parameter("kc_action_status")).as("%s", off.page()).contains("error");
            assertThat(SharedServer.get().log().since(mark)).contains("the storage of the user is read-only");
        }
    }

    @Test
    void whoCannotBeChangedIsNotOfferedWhatWouldFail() {
        try (RaceUsers users = new ReadOnlyRaceUsers(SharedServer.get())) {
            RaceUser user = users.member(6, true);
            LoginClient client = users.codePage(LoginClient.connections(), SharedServer.get(), user);
            client.enterBackupCode(user.codes().code(0));
            assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
            client.page().assertHasNo("[name=setUp]", "Keycloak cannot take the finished action away");
            client.makeCodes();
            client.saveCodes();
            client.assertSignedIn();
        }
    }

    @Test
    void whoIsAskedForCodesMayPutItOffAndIsRemembered() {
        try (RaceUsers users = new ReadOnlyRaceUsers(SharedServer.get())) {
            users.realm().admin().configureCodes(Map.of());
            RaceUser user = users.member(1, true);
            user.admin().deleteCredentials(BackupCodesNames.CREDENTIAL);

            LoginClient first = signIn(users, user);
            assertThat(first.isInvited()).as("%s", first.page()).isTrue();
            first.notNow();
            first.assertSignedIn();
            LoginClient second = signIn(users, user);
            second.assertSignedIn();

            RaceUser other = users.member(1, true);
            other.admin().deleteCredentials(BackupCodesNames.CREDENTIAL);
            LoginClient third = signIn(users, other);
            third.acceptInvitation();
            third.saveCodes();
            third.assertSignedIn();
        }
    }

    private static LoginClient signIn(RaceUsers users, RaceUser user) {
        LoginClient client = users.secondFactor(LoginClient.connections(), SharedServer.get(), user, Map.of());
        client.otp(user.totp().now());
        return client;
    }
}
