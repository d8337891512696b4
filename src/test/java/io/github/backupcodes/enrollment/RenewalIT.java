package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** New codes instead of old ones, as the account console or an application asks for them. */
class RenewalIT {

    private static final TestCodeSet OLD = TestCodeSet.of(3);

    @AutoClose
    private static final TestRealm realm =
            TestRealm.builder().codesForEverybody().create();

    @Test
    void savingReplacesTheOldSet() {
        TestUser user = owner("save");
        LoginClient client = realm.renewCodes(user);
        List<String> codes = client.page().backupCodes();
        client.saveCodes();
        client.assertSignedIn();
        assertThat(client.parameter("kc_action_status")).contains("success");
        assertThat(user.admin().backupCodes().path("total").asInt()).isEqualTo(10);

        LoginClient withOld = realm.signInWith(user, OLD.code(0));
        withOld.assertNotSignedIn();
        withOld.page().assertError("backupCodeErrorReplaced");
        withOld.backupCode(codes.get(7));
        withOld.assertSignedIn();
    }

    @Test
    void cancellingChangesNothing() {
        TestUser user = owner("cancel");
        JsonNode before = user.admin().backupCodes();
        LoginClient client = realm.renewCodes(user);
        List<String> codes = client.page().backupCodes();
        client.submit(Selectors.NEW_CODES_FORM, Map.of("cancel-aia", "true"));
        client.assertSignedIn();
        assertThat(client.parameter("kc_action_status")).contains("cancelled");
        assertThat(user.admin().backupCodes()).isEqualTo(before);
        realm.signInWith(user, codes.get(0)).page().assertError("backupCodeErrorWrong");
        realm.signInWith(user, OLD.code(2)).assertSignedIn();
    }

    @Test
    void savingAndCancellingAtOnceCancels() {
        TestUser user = owner("both");
        JsonNode before = user.admin().backupCodes();
        LoginClient client = realm.renewCodes(user);
        client.submit(Selectors.NEW_CODES_FORM, Map.of("codesSaved", "on", "cancel-aia", "true"));
        assertThat(client.parameter("kc_action_status")).contains("cancelled");
        assertThat(user.admin().backupCodes()).isEqualTo(before);
    }

    @Test
    void otherSessionsEndWhenTheUserWantsThat() {
        assertThat(sessionsAfter("leave", Map.of("codesSaved", "on"))).isEqualTo(2);
        assertThat(sessionsAfter("leave2", Map.of("codesSaved", "on", "logout-sessions", "off")))
                .isEqualTo(2);
        assertThat(sessionsAfter("end", Map.of("codesSaved", "on", "logout-sessions", "on")))
                .isEqualTo(1);
    }

    @Test
    void otherSessionsGoOnWhenNothingWasSaved() {
        assertThat(sessionsAfter("unsaved", Map.of("logout-sessions", "on"))).isEqualTo(2);
    }

    @Test
    void oneCredentialHoweverOften() {
        TestUser user = realm.user("often").otp().create();
        LoginClient client = realm.signInWithApp(user);
        for (int i = 0; i < 3; i++) {
            client.open(Map.of("kc_action", BackupCodesNames.ACTION));
            client.saveCodes();
            client.assertSignedIn();
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);
        }
    }

    @Test
    void anOldSignInHasToBeRepeatedFirst() {
        try (TestRealm strict = TestRealm.create()) {
            strict.admin().configureCodes(Map.of("max_auth_age", "0"));
            TestUser user = strict.user("alice").otp().codes(OLD).create();
            LoginClient client = strict.signInWithApp(user);
            Map<String, String> action = Map.of("kc_action", BackupCodesNames.ACTION);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.open(action).has(Selectors.PASSWORD_FORM));
            assertThat(client.page().backupCodes()).isEmpty();
            client.password(user.username(), user.password());
            assertThat(client.page().backupCodes())
                    .as("the second factor is asked for, too")
                    .isEmpty();
            client.otp(user.totp().now());
            assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
        }
    }

    @Test
    void anOldSessionIsNotGivenCodesThatAnAdministratorAskedForButTheNextSignInIs() {
        try (TestRealm strict = TestRealm.create()) {
            strict.admin().configureCodes(Map.of("max_auth_age", "0"));
            TestUser user = strict.user("alice").otp().codes(OLD).create();
            LoginClient client = strict.signInWithApp(user);
            user.admin().require(BackupCodesNames.ACTION);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                client.open();
                return client.isSignedIn();
            });
            assertThat(user.admin().requiredActions()).contains(BackupCodesNames.ACTION);

            LoginClient fresh = strict.signIn(user);
            assertThat(fresh.otp(user.totp().now()).backupCodes()).hasSize(10);
        }
    }

    /** By the password alone, which was all there was when the page was opened. */
    @Test
    void aPageFromBeforeTheSecondFactorBringsNoCodesAnyMore() {
        for (boolean save : List.of(true, false)) {
            TestUser user = realm.user("held-open-" + save).codes(OLD).create();
            LoginClient client = realm.signInFor(user, BackupCodesNames.ACTION);
            assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
            JsonNode before = user.admin().backupCodes();
            Totp app = realm.setUpApp(user);

            client.submit(Selectors.NEW_CODES_FORM, save ? Map.of("codesSaved", "on") : Map.of());
            client.assertStartedAgain();
            assertThat(user.admin().backupCodes()).isEqualTo(before);

            client.password(user.username(), user.password());
            client.otp(app.now());
            assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
            client.saveCodes();
            assertThat(client.parameter("kc_action_status")).contains("success");
        }
    }

    /** What was set up in the sign-in itself is no other person's. */
    @Test
    void whatTheSignInHasSetUpItselfIsNoHindrance() {
        realm.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("priority", 1000));
        TestUser user = realm.user("all-at-once")
                .requiredAction("CONFIGURE_TOTP")
                .mustGenerateCodes()
                .create();
        LoginClient client = realm.signIn(user);
        Totp app = client.setUpApp("phone");
        assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
        client.saveCodes();
        client.assertSignedIn();
        client.open(Map.of("kc_action", BackupCodesNames.ACTION));
        assertThat(client.page().backupCodes())
                .as("in its session: %s", client.page())
                .hasSize(10);

        LoginClient other = realm.signInWithApp(user, app);
        other.open(Map.of("kc_action", "CONFIGURE_TOTP"));
        other.setUpApp("second phone");
        other.assertSignedIn();
        client.saveCodes();
        client.assertHas(Selectors.PASSWORD_FORM);
        assertThat(client.page().text("body")).contains("Please re-authenticate to continue");
    }

    @Test
    void codesThatWereShownInTimeCanBeSavedAWhileLongerButNoOthersAreShown() {
        try (TestRealm strict = TestRealm.create()) {
            strict.admin().configureCodes(Map.of("max_auth_age", "0"));
            TestUser user = strict.user("slow").otp().codes(OLD).create();
            user.admin().require(BackupCodesNames.ACTION);
            LoginClient saving = strict.signInWithApp(user);
            LoginClient other = strict.signInWithApp(user);
            assertThat(saving.page().backupCodes()).as("%s", saving.page()).hasSize(10);
            await().atMost(Duration.ofSeconds(40)).until(() -> other.submit(Selectors.NEW_CODES_FORM, Map.of())
                    .backupCodes()
                    .isEmpty());
            other.assertStartedAgain();
            saving.saveCodes();
            saving.assertSignedIn();
            assertThat(user.admin().backupCodes().path("total").asInt()).isEqualTo(10);
        }
    }

    /** To see the page of an action once more is not to have done it: what another session has set up stays another's. */
    @Test
    void aPageThatIsOnlyShownAgainHasSetUpNothing() {
        TestUser user = realm.user("watched").create();
        LoginClient early = realm.signInFor(user, "CONFIGURE_TOTP");
        early.submit(Selectors.APP_SETUP_FORM, Map.of("totp", "000000", "userLabel", "none"));
        String action = early.action(Selectors.APP_SETUP_FORM).toString();

        LoginClient owner = realm.signInFor(user, "CONFIGURE_TOTP");
        owner.setUpApp("phone");
        owner.assertSignedIn();

        URI again = URI.create(action.replaceFirst("session_code=[^&]*&", ""));
        early.send(
                early.request(again).POST(HttpRequest.BodyPublishers.noBody()).build());
        early.submit(Selectors.APP_SETUP_FORM, Map.of("cancel-aia", "true"));
        early.open(Map.of("kc_action", BackupCodesNames.ACTION));
        assertThat(early.page().backupCodes()).as("%s", early.page()).isEmpty();
    }

    private static int sessionsAfter(String name, Map<String, String> form) {
        TestUser user = owner(name);
        LoginClient other = realm.signInWithApp(user);
        other.assertSignedIn();
        LoginClient client = realm.renewCodes(user);
        client.submit(Selectors.NEW_CODES_FORM, form);
        assertThat(client.isSignedIn()).isEqualTo(form.containsKey("codesSaved"));
        return user.admin().sessions();
    }

    private static TestUser owner(String name) {
        return realm.user(name).otp().codes(OLD).create();
    }

    @Test
    void codesWithAnEndSayWhenItIs() {
        try (TestRealm brief =
                TestRealm.builder().policy("expires-after-days", "365").create()) {
            TestUser user = brief.user("brief").otp().mustGenerateCodes().create();
            LoginClient client = brief.signInWithApp(user);
            String day = LocalDate.now(ZoneId.systemDefault())
                    .plusDays(365)
                    .format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(Locale.ENGLISH));
            assertThat(client.page().text("#backup-codes")).contains(Messages.of("backupCodesWorkUntil", day));
            assertThat(client.page().text(".bc-paper")).contains(Messages.of("backupCodesExpiry") + " " + day);
            assertThat(client.page().document().select("#backup-codes").attr("data-file-head"))
                    .contains("\n" + Messages.of("backupCodesExpiry") + ": " + day + "\n");
        }
    }
}
