package io.github.backupcodes.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.HttpPage;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A set lives its whole life on a server that logs all it can, and then no code is found in the log, in the access log with
 * its URLs, in any table (events and admin events among them) or in the database's files. Two planted codes are found.
 */
class SecretsIT {

    private static final String PLANTED_IN_A_TABLE = "PLANT-EDXXX-TAB1E";
    private static final String PLANTED_IN_A_URL = "PLANT-EDXXX-VR1XX";

    private final HttpClient http = LoginClient.connections();
    private final List<String> issued = new ArrayList<>();

    @Test
    void no_code_is_left_anywhere_but_on_the_page() {
        KeycloakServer server = KeycloakServer.named("secrets")
                .database("--db=dev-file", "--db-username=sa", "--db-password=password")
                .options(
                        "--http-access-log-enabled=true",
                        "--log-level=INFO,io.github.backupcodes:TRACE,org.keycloak.events:DEBUG,"
                                + "org.keycloak.authentication:TRACE,org.keycloak.services:DEBUG,"
                                + "org.keycloak.forms:TRACE,org.keycloak.credential:TRACE")
                .start();
        try (server) {
            TestRealm realm = TestRealm.on(server).create();
            TestUser alice = realm.user("alice")
                    .otp()
                    .requiredAction(BackupCodesNames.ACTION)
                    .create();

            LoginClient making = realm.session(http);
            making.signIn(alice);
            shown(making.otp(alice.totp().now()));
            making.submit("form:has([name=codesSaved])", Map.of("codesSaved", "off"));
            List<String> codes = shown(making.page());
            making.saveCodes();
            assertThat(making.isSignedIn()).as("%s", making.page()).isTrue();

            LoginClient using = atTheCodePage(realm, alice);
            using.backupCode("0" + codes.get(0));
            using.backupCode(codes.get(0).toLowerCase(Locale.ROOT).replace("-", " "));
            assertThat(using.isSignedIn()).as("%s", using.page()).isTrue();

            LoginClient replaying = atTheCodePage(realm, alice);
            replaying.backupCode(codes.get(0));
            assertThat(replaying.isSignedIn()).isFalse();

            shown(using.open(Map.of("kc_action", BackupCodesNames.ACTION)));
            using.submit("form:has([name=cancel-aia])", Map.of("cancel-aia", "true"));
            shown(using.open(Map.of("kc_action", BackupCodesNames.ACTION)));
            using.saveCodes();

            LoginClient late = atTheCodePage(realm, alice);
            late.backupCode(codes.get(5));
            assertThat(late.isSignedIn()).isFalse();

            // so that it is seen that what is there is found
            alice.admin().update(Map.of("firstName", "planted " + PLANTED_IN_A_TABLE));
            making.get(URI.create(realm.url() + "/account/?planted=" + PLANTED_IN_A_URL));
        }

        Evidence evidence = Evidence.of(server);

        assertThat(evidence.placesOf(PLANTED_IN_A_TABLE)).contains("tables");
        assertThat(evidence.placesOf(PLANTED_IN_A_URL)).contains("log");
        assertThat(issued).hasSize(40);
        assertThat(issued).allSatisfy(code -> assertThat(evidence.placesOf(code))
                .as("places of an issued code, in %d characters", evidence.size())
                .isEmpty());
    }

    private LoginClient atTheCodePage(TestRealm realm, TestUser user) {
        LoginClient session = realm.session(http);
        session.signIn(user);
        session.choose(realm.backupCodeExecution());
        return session;
    }

    private List<String> shown(HttpPage page) {
        List<String> codes = page.backupCodes();
        assertThat(codes).as("%s", page).hasSize(10);
        issued.addAll(codes);
        return codes;
    }
}
