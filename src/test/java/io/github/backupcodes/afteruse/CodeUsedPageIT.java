package io.github.backupcodes.afteruse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.StepUpFlow;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The page after a sign-in with a code: what it offers, where it leads, and what it refuses. */
class CodeUsedPageIT {

    private static final TestCodeSet CODES = TestCodeSet.of(6);
    private static final TestCodeSet LAST = TestCodeSet.of(2).used(1);
    private static final String SET_UP_APP = "CONFIGURE_TOTP";

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    @Test
    void itSaysHowManyAreLeftAndLetsTheUserGoOn() {
        TestUser user = user("going-on", CODES);
        LoginClient client = used(user);
        HttpPage page = client.page();
        page.assertText("#backupCodesLeft", "backupCodeUsedLeft", 5);
        assertThat(page.text(Selectors.CODE_USED_PAGE + " .bc-note")).isEmpty();
        assertThat(page.codeUsedButtons())
                .containsExactly(
                        Messages.of("backupCodeUsedNewApp"),
                        Messages.of("backupCodeUsedLostNo"),
                        Messages.of("backupCodeUsedMakeCodes"));
        page.assertText("#replaceLost > summary", "backupCodeUsedLostYes");
        page.assertHas("#replaceLost:not([open]) #setUpApp");

        realm.admin().clearEvents();
        client.continueSignIn();
        client.assertSignedIn();
        assertThat(client.tokens().path("access_token").asText()).isNotEmpty();
        Event.assertOnly(
                user.admin().events("LOGIN"),
                Map.of("credential_type", BackupCodesNames.CREDENTIAL, "backup_codes_remaining", "5"));
        assertThat(user.admin().events("CUSTOM_REQUIRED_ACTION"))
                .as("no codes were made")
                .isEmpty();
        assertThat(user.admin().requiredActions()).isEmpty();
    }

    @Test
    void whenFewAreLeftItSaysSoMoreStrongly() {
        HttpPage page = used(user("few-left", CODES.used(5).used(4))).page();
        page.assertText(Selectors.CODE_USED_PAGE + " .bc-note", "backupCodeUsedFew");
        assertThat(page.texts("#backup-code-used-form button"))
                .containsExactly(Messages.of("backupCodeUsedMakeCodes"), Messages.of("backupCodeUsedLostNo"));
    }

    @Test
    void newCodesCanBeMade() {
        TestUser user = user("making-codes", CODES);
        LoginClient client = used(user);
        List<String> codes = client.makeCodes().backupCodes();
        assertThat(codes).hasSize(10);
        client.saveCodes();
        client.assertSignedIn();
        realm.signInWith(user, CODES.code(2)).page().assertError("backupCodeErrorReplaced");
        realm.signInWith(user, codes.get(2)).assertSignedIn();
    }

    @Test
    void whoWantedNewCodesMayKeepTheOldOnes() {
        TestUser user = user("keeping-codes", CODES);
        LoginClient client = used(user);
        client.makeCodes();
        // neither the way back nor another tab leads anywhere else
        assertThat(client.get(client.page().url()).backupCodes()).hasSize(10);
        client.submit(Selectors.NEW_CODES_FORM, Map.of("continue", "true"));
        client.assertSignedIn();
        assertThat(user.admin().backupCodes().path("total").asInt()).isEqualTo(6);
        realm.signInWith(user, CODES.code(2)).assertSignedIn();
    }

    @Test
    void aNewAppTakesThePlaceOfTheOldOne() {
        TestUser user = user("new-phone", CODES);
        String old = otps(user).get(0).path("id").asText();
        LoginClient client = used(user);
        client.page().assertHas("[name=removeOld][checked]", "the only old one is ticked");
        realm.admin().clearEvents();
        setUpApp(client, Map.of("removeOld", old));
        assertThat(otps(user))
                .as("nothing is removed before the new one is there")
                .hasSize(1);

        Totp phone = scan(client, "new phone");
        client.page().assertText(".bc-done", "backupCodeUsedReplacedApp");
        client.page().assertHasNo("#setUpApp", "once is enough");
        assertThat(otps(user))
                .singleElement()
                .satisfies(otp -> assertThat(otp.path("userLabel").asText()).isEqualTo("new phone"));
        Event.assertOnly(
                user.admin().events("REMOVE_CREDENTIAL"),
                Map.of("credential_type", "otp", "credential_id", old, "backup_codes_remaining", ""));
        assertThat(user.admin().events("REMOVE_TOTP")).hasSize(1);
        client.continueSignIn();
        client.assertSignedIn();

        LoginClient next = realm.signInWithApp(user, phone);
        next.assertSignedIn();
    }

    @Test
    void theOldAppStaysUnlessTheUserSaysOtherwise() {
        TestUser user = user("second-phone", CODES);
        LoginClient client = used(user);
        setUpApp(client, Map.of());
        scan(client, "new phone");
        client.page().assertText(".bc-done", "backupCodeUsedSetUpApp");
        assertThat(otps(user)).hasSize(2);
    }

    @Test
    void whoGivesUpTheSetUpIsBackAtThePageWithNothingRemoved() {
        TestUser user = user("giving-up", CODES);
        String old = otps(user).get(0).path("id").asText();
        LoginClient client = used(user);
        URI page = client.page().url();
        setUpApp(client, Map.of("removeOld", old));
        client.get(client.page().url()).assertHas(Selectors.APP_SETUP_FORM, "loaded again");
        client.submit(Selectors.APP_SETUP_FORM, Map.of("cancel-aia", "true"));
        assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
        client.page().assertHas("#replaceLost[open] [name=removeOld][checked]", "what was chosen is still there");

        setUpApp(client, Map.of());
        client.submit(Selectors.APP_SETUP_FORM, Map.of("cancel-aia", "true"));
        client.page().assertHas("#replaceLost[open] [name=removeOld]:not([checked])", "nor is it changed");
        setUpApp(client, Map.of());
        assertThat(client.get(page).status())
                .as("the way back is Keycloak’s page that says so")
                .isEqualTo(200);
        client.get(
                URI.create(client.page().document().select("#loginContinueLink").attr("abs:href")));
        client.assertHas(Selectors.APP_SETUP_FORM);
        scan(client, "new phone");
        assertThat(otps(user)).as("the last word counts").hasSize(2);
        client.continueSignIn();
        client.assertSignedIn();
        assertThat(client.parameter("kc_action_status")).isEmpty();
    }

    @Test
    void anAbandonedSetUpRemovesNothing() {
        TestUser user = user("leaving", CODES);
        String old = otps(user).get(0).path("id").asText();
        setUpApp(used(user), Map.of("removeOld", old));

        LoginClient next = realm.signInWithApp(user);
        next.assertSignedIn();
        next.open(Map.of("kc_action", SET_UP_APP));
        scan(next, "new phone");
        assertThat(otps(user)).hasSize(2);
    }

    @Test
    void onlyWhatWasOfferedIsRemoved() {
        TestUser user = user("foreign-ids", CODES);
        TestUser other = user("somebody-else", CODES);
        String foreign = otps(other).get(0).path("id").asText();
        String codes = user.admin().credentialId(BackupCodesNames.CREDENTIAL);
        String password = user.admin().credentialId("password");
        LoginClient client = used(user);
        client.send(client.prepareRaw(
                client.action("form:has(#setUpApp)"),
                "setUp=" + SET_UP_APP + "&removeOld=" + foreign + "&removeOld=" + codes + "&removeOld=" + password
                        + "&removeOld=&removeOld=otp-id"));
        scan(client, "new phone");
        assertThat(otps(other)).hasSize(1);
        assertThat(otps(user)).hasSize(2);
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);
        assertThat(user.admin().credentials("password")).hasSize(1);
    }

    @Test
    void onlyWhatIsOfferedCanBeSetUp() {
        LoginClient client = used(user("other-actions", CODES));
        for (String action : List.of("UPDATE_PASSWORD", "webauthn-register", "delete_credential", "", "VERIFY_EMAIL")) {
            client.submit("form:has(#setUpApp)", Map.of("setUp", action));
            assertThat(client.isAfterUse()).as("%s: %s", action, client.page()).isTrue();
        }
        client.submit("#backup-code-used-form", Map.of("codesSaved", "on"));
        assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
        client.submit("#backup-code-used-form", Map.of());
        assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
    }

    @Test
    void afterTheLastCodeNewOnesAreMade() {
        TestUser user = user("last-code", LAST);
        LoginClient client = used(user, realm, LAST.code(0));
        client.page().assertText(Selectors.CODE_USED_PAGE + " .bc-note", "backupCodeUsedNone");
        client.page().assertHasNo("[name=continue]");
        client.submit("#backup-code-used-form", Map.of("continue", "true"));
        assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();

        setUpApp(client, Map.of());
        scan(client, "new phone");
        client.page().assertHasNo("[name=continue]");
        client.makeCodes();
        client.page().assertHasNo("[name=continue]");
        client.submit(Selectors.NEW_CODES_FORM, Map.of("continue", "true"));
        assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
        client.saveCodes();
        client.assertSignedIn();
        assertThat(user.admin().requiredActions()).isEmpty();
    }

    @Test
    void aSetWhoseLifeEndsWhileThePageIsOpenIsReplacedToo() {
        TestUser user = user("ended-meanwhile", CODES);
        LoginClient client = used(user);
        client.page().assertHas("[name=continue]");
        // time cannot be turned forward: a younger set that has ended stands for it
        TestCodeSet ended = TestCodeSet.of(6).used(0).expiringAt(Instant.now());
        user.admin().update(Map.of("credentials", List.of(ended.credential())));
        client.continueSignIn();
        assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
        client.page().assertText(Selectors.CODE_USED_PAGE + " .bc-note", "backupCodeUsedExpired");
        client.page().assertHasNo("[name=continue]");

        List<String> codes = client.makeCodes().backupCodes();
        client.saveCodes();
        client.assertSignedIn();
        realm.signInWith(user, codes.get(0)).assertSignedIn();
    }

    @Test
    void whatAnAdministratorRequiresIsStillToBeDone() {
        TestUser user = user("required", CODES);
        user.admin().require(BackupCodesNames.ACTION);
        LoginClient client = used(user);
        client.continueSignIn();
        assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
        client.page().assertHasNo("[name=continue]");
        assertThat(user.admin().requiredActions()).containsExactly(BackupCodesNames.ACTION);
        client.saveCodes();
        client.assertSignedIn();
        assertThat(user.admin().requiredActions()).isEmpty();
    }

    @Test
    void whoWasSentToMakeCodesComesStraightToThem() {
        TestUser user = user("sent-by-app", CODES);
        LoginClient client = realm.signInFor(user, BackupCodesNames.ACTION);
        client.choose(realm.backupCodeExecution());
        client.enterBackupCode(CODES.code(0));
        assertThat(client.page().backupCodes()).hasSize(10);
        client.submit(Selectors.NEW_CODES_FORM, Map.of("cancel-aia", "true"));
        client.assertSignedIn();
        assertThat(client.parameter("kc_action_status")).contains("cancelled");
    }

    @Test
    void itIsAskedOnceOnly() {
        TestUser user = user("twice", CODES);
        LoginClient client = used(user);
        HttpRequest again = client.prepare("#backup-code-used-form", Map.of("continue", "true"));
        client.get(client.page().url()).assertHas(Selectors.CODE_USED_PAGE, "loaded again");
        client.continueSignIn();
        client.assertSignedIn();
        assertThat(client.send(again).status()).as("sent again").isLessThan(500);
        client.open();
        client.assertSignedIn();
    }

    @Test
    void whereTheActionIsOffNothingIsShown() {
        try (TestRealm off = TestRealm.create()) {
            off.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("enabled", false));
            TestUser user = off.user("action-off").otp().codes(CODES).create();
            LoginClient client = used(user, off, CODES.code(0));
            client.assertSignedIn();
        }
    }

    @Test
    void aCodeOfALowerLevelOpensNoWayToAHigherOne() {
        try (TestRealm levels = TestRealm.create()) {
            StepUpFlow.bindWithOtpAboveTheCodes(levels.admin());
            TestUser user = levels.user("lower-level").otp().codes(CODES).create();
            LoginClient client = levels.newBrowser();
            client.open(Map.of("acr_values", "2"));
            client.password(user.username(), user.password());
            client.enterBackupCode(CODES.code(0));
            assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
            client.page().assertHasNo("[name=setUp]");
            client.submit("#backup-code-used-form", Map.of("setUp", SET_UP_APP));
            assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
            client.continueSignIn();
            client.assertSignedIn();
        }
    }

    @Test
    void whatTheRealmForbidsIsNotOffered() {
        try (TestRealm strict = TestRealm.create()) {
            strict.admin().updateRequiredAction("delete_credential", Map.of("enabled", false));
            TestUser user = strict.user("no-deleting").otp().codes(CODES).create();
            LoginClient client = used(user, strict, CODES.code(0));
            client.page().assertHas("#setUpApp");
            client.page().assertHasNo("[name=removeOld]");

            strict.admin().updateRequiredAction(SET_UP_APP, Map.of("enabled", false));
            client.get(client.page().url()).assertHasNo("#setUpApp");
            assertThat(client.isAfterUse()).isTrue();
        }
    }

    private static TestUser user(String name, TestCodeSet codes) {
        return realm.user(name).otp().codes(codes).create();
    }

    private static LoginClient used(TestUser user) {
        return used(user, realm, CODES.code(0));
    }

    /** A person who has signed in with a code and has not yet said what to do next. */
    private static LoginClient used(TestUser user, TestRealm where, String code) {
        return where.enterCode(user, code);
    }

    private static void setUpApp(LoginClient client, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>(more);
        fields.put("setUp", SET_UP_APP);
        client.submit("form:has(#setUpApp)", fields);
        client.assertHas(Selectors.APP_SETUP_FORM);
    }

    private static Totp scan(LoginClient client, String device) {
        return client.setUpApp(device);
    }

    private static List<JsonNode> otps(TestUser user) {
        return user.admin().credentials("otp");
    }
}
