package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.loginverification.LoginVerificationClient;
import io.github.backupcodes.loginverification.LoginVerificationInConsoleIT;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A realm whose JSON gave the required actions, this extension's and Keycloak's, names of its own. */
class RequiredActionAliasIT {

    private static final String MAKE_CODES = "make-codes";
    private static final String TURN_ON = "turn-on";
    private static final String SET_UP_APP = "set-up-app";

    @AutoClose
    private static final TestRealm realm = TestRealm.builder().asking().create();

    @BeforeAll
    static void prepareRealm() {
        HelpDeskCode.prepare(realm);
        RealmAdmin admin = realm.admin();
        admin.configureRequiredAction(BackupCodesNames.VERIFICATION, Map.of("grace-days", "10"));
        admin.updateRequiredAction(BackupCodesNames.ACTION, Map.of("alias", MAKE_CODES));
        admin.updateRequiredAction(BackupCodesNames.VERIFICATION, Map.of("alias", TURN_ON));
        admin.updateRequiredAction("CONFIGURE_TOTP", Map.of("alias", SET_UP_APP));
    }

    @Test
    void aTemporaryCodeLeadsToANewSecondFactor() {
        TestUser user = realm.user("helped").otp().create();
        String code = HelpDeskCode.issue(realm, user);
        LoginClient client = entering(user);
        client.enterBackupCode(code);
        assertThat(client.page().text(Selectors.TITLE))
                .as("%s", client.page())
                .isEqualTo(Messages.of("backupCodeUsedTemporaryTitle"));
        assertThat(client.page().codeUsedButtons()).containsExactly(Messages.of("backupCodeUsedNewApp"));

        client.submit(Selectors.CODE_USED_PAGE + " form", Map.of("setUp", "CONFIGURE_TOTP"));
        client.submit(Selectors.APP_SETUP_FORM, Map.of("cancel-aia", "true"));
        assertThat(client.page().codeUsedButtons())
                .as("who gives up has not set anything up")
                .containsExactly(Messages.of("backupCodeUsedNewApp"));
        client.submit(Selectors.CODE_USED_PAGE + " form", Map.of("setUp", "CONFIGURE_TOTP"));
        scan(client);

        assertThat(client.page().codeUsedButtons())
                .as("%s", client.page())
                .containsExactly(Messages.of("backupCodeUsedMakeCodes"), "Continue");
        client.continueSignIn();
        assertSignedIn(client);
        assertThat(user.admin().credentials("otp")).hasSize(2);
    }

    @Test
    void whereThePageIsOffATemporaryCodeLetsNobodyInWithoutANewSecondFactor() {
        realm.admin().updateRequiredAction(MAKE_CODES, Map.of("enabled", false));
        try {
            TestUser user = realm.user("helped-without-page").otp().create();
            String code = HelpDeskCode.issue(realm, user);
            LoginClient client = entering(user);
            client.enterBackupCode(code);
            client.assertHas(Selectors.APP_SETUP_FORM);
        } finally {
            realm.admin().updateRequiredAction(MAKE_CODES, Map.of("enabled", true));
        }
    }

    @Test
    void theLastCodeLeadsToNewOnes() {
        TestCodeSet last = TestCodeSet.of(1);
        TestUser user = realm.user("last").otp().codes(last).create();
        LoginClient client = entering(user);
        client.enterBackupCode(last.code(0));
        assertThat(user.admin().requiredActions()).containsExactly(MAKE_CODES);
        client.makeCodes();
        client.saveCodes();
        assertSignedIn(client);
        assertThat(user.admin().requiredActions()).isEmpty();
        assertSignedIn(realm.signInWithApp(user));
    }

    @Test
    void whoHasNoCodesIsInvited() {
        TestUser user = realm.user("invited").otp().create();
        LoginClient later = realm.signInWithApp(user);
        assertThat(later.isInvited()).as("%s", later.page()).isTrue();
        later.acceptInvitation();
        later.saveCodes();
        assertSignedIn(later);
        assertSignedIn(realm.signInWithApp(user));

        LoginClient notNow = realm.signInWithApp(realm.user("not-now").otp().create());
        notNow.notNow();
        assertSignedIn(notNow);
    }

    @Test
    void loginVerificationIsTurnedOnOrPutOff() {
        TestUser user = realm.user("turning-on").mustSetUpVerification().create();
        LoginVerificationClient.signIn(realm, user).isAsked().skip().isSignedIn();
        assertThat(user.admin().requiredActions()).isEmpty();
        user.admin().require(BackupCodesNames.VERIFICATION);
        LoginVerificationClient visit =
                LoginVerificationClient.signIn(realm, user).isAsked();
        visit.chooseApp().cancel().isAsked();
        visit.chooseApp().scan().saveCodes().isSignedIn();
        assertThat(user.admin().requiredActions()).isEmpty();
        LoginClient again = realm.signIn(user);
        again.otp(visit.app().now());
        assertSignedIn(again);
    }

    @ParameterizedTest
    @ValueSource(strings = {BackupCodesNames.ACTION, BackupCodesNames.VERIFICATION, MAKE_CODES, TURN_ON})
    void whatAnApplicationCannotStartIsToldToIt(String action) {
        TestUser user = realm.user("sent-" + action.toLowerCase(Locale.ROOT))
                .otp()
                .codes(TestCodeSet.of(5))
                .create();
        LoginClient client = realm.signInFor(user, action);
        client.otp(user.totp().now());
        assertSignedIn(client);
        assertThat(client.parameter("kc_action_status")).contains("error");
    }

    @Test
    void theAccountConsoleOffersNoneOfThem() {
        TestUser user = realm.user("in-console").create();
        for (String type : List.of("login-verification", BackupCodesNames.CREDENTIAL)) {
            LoginClient client = LoginVerificationClient.signIn(realm, user).client();
            assertThat(LoginVerificationInConsoleIT.type(client, type).isMissingNode())
                    .as(type)
                    .isTrue();
        }
    }

    @Test
    void theSetUpTakesThemAsTheyAreAndSaysWhatTheyCannotDo() {
        for (int time = 0; time < 2; time++) {
            JsonNode done = realm.admin()
                    .postForAnswer(
                            "/backup-codes/setup",
                            Map.of("loginVerification", "available", "defaultAction", false, "lostPage", false));
            assertThat(done.path("changes")).isEmpty();
            assertThat(texts(done.path("byHand")))
                    .filteredOn(text -> text.startsWith("required action"))
                    .hasSize(3)
                    .anySatisfy(text -> assertThat(text).contains(BackupCodesNames.ACTION, MAKE_CODES))
                    .anySatisfy(text -> assertThat(text).contains(BackupCodesNames.VERIFICATION, TURN_ON))
                    .anySatisfy(text -> assertThat(text).contains("CONFIGURE_TOTP", SET_UP_APP));
        }
        assertThat(StreamSupport.stream(
                                realm.admin()
                                        .get("/authentication/required-actions")
                                        .spliterator(),
                                false)
                        .filter(action -> action.path("providerId").asText().startsWith("CONFIGURE_")))
                .extracting(action -> action.path("alias").asText())
                .contains(MAKE_CODES, TURN_ON, SET_UP_APP)
                .doesNotContain(BackupCodesNames.ACTION, BackupCodesNames.VERIFICATION, "CONFIGURE_TOTP");
    }

    private static LoginClient entering(TestUser user) {
        return realm.openCodePage(user);
    }

    private static void scan(LoginClient client) {
        client.setUpApp("new phone");
    }

    private static void assertSignedIn(LoginClient client) {
        client.assertSignedIn();
    }

    private static List<String> texts(JsonNode array) {
        return Json.texts(array);
    }
}
