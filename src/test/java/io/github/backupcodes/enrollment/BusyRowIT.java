package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HeldRow;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another transaction holds the row of the set while the new codes are saved. */
class BusyRowIT {

    /** Longer than the five seconds that a request waits. */
    private static final Duration HELD = Duration.ofSeconds(7);

    @ParameterizedTest
    @ValueSource(strings = {"checkbox", "retype"})
    void whoCannotSaveIsToldSoAndSavesTheSameCodesAMomentLater(String confirmation) {
        try (TestRealm realm =
                TestRealm.builder().policy("confirmation", confirmation).create()) {
            TestCodeSet old = TestCodeSet.of(2);
            TestUser user = realm.user("alice").otp().codes(old).create();
            LoginClient client = realm.renewCodes(user);
            List<String> codes = client.page().backupCodes();
            // the code need not be entered once more
            HttpRequest save = confirmation.equals("retype")
                    ? client.prepare(Selectors.NEW_CODES_PAGE, Map.of(BackupCodesNames.FIELD, asked(client.page())))
                    : client.prepare(Selectors.NEW_CODES_PAGE, Map.of("codesSaved", "on"));
            CompletableFuture<HttpResponse<String>> holder = HeldRow.of(realm.admin(), user, HELD);

            long start = System.nanoTime();
            client.send(save);
            Duration waited = Duration.ofNanos(System.nanoTime() - start);

            assertThat(client.page().status()).as("%s", client.page()).isEqualTo(200);
            client.page().assertError("backupCodesErrorBusySaving");
            assertThat(waited).isBetween(Duration.ofSeconds(4), HELD);
            assertThat(client.page().backupCodes()).isEmpty();

            client.saveCodes();
            client.assertSignedIn();
            assertThat(client.parameter("kc_action_status")).contains("success");
            assertThat(holder.join().body()).isEqualTo("true");
            realm.signInWith(user, old.code(0)).page().assertError("backupCodeErrorReplaced");
            realm.signInWith(user, codes.get(9)).assertSignedIn();
            assertThat(realm.admin().events("UPDATE_CREDENTIAL")).hasSize(1);
        }
    }

    private static String asked(HttpPage page) {
        int number = Integer.parseInt(page.text("label[for=backupCode]").replaceAll("\\D", ""));
        return page.backupCodes().get(number - 1);
    }
}
