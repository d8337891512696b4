package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.support.realm.AdminClient;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Users of an identity provider whom Keycloak does not store ({@code doNotStoreUsers}): nothing can be kept for them. */
class TransientUserIT {

    private static final String PROVIDER = "upstream";

    @Test
    void aUserWhoIsNotStoredIsShownNoCodesThatWouldNeverExist() {
        try (TestRealm upstream = TestRealm.builder().withoutBackupCodes().create();
                TestRealm realm = TestRealm.create()) {
            TestUser user = upstream.user("alice").create();
            broker(realm, upstream);

            LoginClient asking = through(realm, user, Map.of("kc_action", BackupCodesNames.ACTION));
            assertThat(asking.page().backupCodes()).isEmpty();
            asking.assertSignedIn();
            assertThat(asking.parameter("kc_action_status")).contains("error");

            LoginClient turning = through(realm, user, Map.of("kc_action", BackupCodesNames.VERIFICATION));
            turning.assertSignedIn();
            assertThat(turning.parameter("kc_action_status")).contains("error");

            realm.admin().registerRequiredAction(EmailCodeRealm.ACTION);
            LoginClient mailing = through(realm, user, Map.of("kc_action", EmailCodeRealm.ACTION));
            mailing.assertSignedIn();
            assertThat(mailing.parameter("kc_action_status")).contains("error");

            // as with every new user of the realm
            realm.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("defaultAction", true));
            LoginClient asked = through(realm, user, Map.of());
            asked.assertSignedIn();

            AdminClient admin = realm.admin().client();
            String client = admin.get(realm.admin().path("/clients?clientId=" + TestRealm.CLIENT))
                    .get(0)
                    .path("id")
                    .asText();
            String id = admin.get(realm.admin().path("/clients/" + client + "/user-sessions"))
                    .get(0)
                    .path("userId")
                    .asText();
            assertThat(id).startsWith("lightweight-");
            assertThat(admin.send(
                                    "POST",
                                    realm.admin().path("/backup-codes/users/" + id + "/temporary-code"),
                                    Map.of("reason", "a test"))
                            .statusCode())
                    .as("the help desk does not find such a user")
                    .isEqualTo(404);
        }
    }

    private LoginClient through(TestRealm realm, TestUser user, Map<String, String> more) {
        LoginClient client = realm.newBrowser();
        Map<String, String> parameters = new HashMap<>(more);
        parameters.put("kc_idp_hint", PROVIDER);
        client.open(parameters);
        client.password(user.username(), user.password());
        return client;
    }

    private static void broker(TestRealm realm, TestRealm upstream) {
        upstream.admin().addConsumer();
        realm.admin().addIdentityProvider(PROVIDER, upstream.admin(), Map.of(), Map.of("doNotStoreUsers", "true"));
    }
}
