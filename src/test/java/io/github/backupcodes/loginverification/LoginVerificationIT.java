package io.github.backupcodes.loginverification;

import static io.github.backupcodes.loginverification.LoginVerificationClient.byApplication;
import static io.github.backupcodes.loginverification.LoginVerificationClient.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.enrollment.server.CardCredentials;
import io.github.backupcodes.enrollment.server.CardForm;
import io.github.backupcodes.enrollment.server.CardRegistration;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Turning login verification on, in a realm that offers an authenticator app. */
public class LoginVerificationIT {

    private static final TestCodeSet CODES = TestCodeSet.of(4);

    @AutoClose
    private static final TestRealm realm = LoginVerificationClient.ready(TestRealm.create());

    @Test
    void newUsersTurnItOnAtTheirFirstSignIn() {
        try (TestRealm welcoming = LoginVerificationClient.ready(TestRealm.create())) {
            welcoming.admin().updateRequiredAction(BackupCodesNames.VERIFICATION, Map.of("defaultAction", true));
            TestUser user = welcoming.user("newcomer").create();
            LoginVerificationClient visit = signIn(welcoming, user).isAsked();
            visit.page().assertText(Selectors.TITLE, "loginVerificationTitle");
            assertThat(visit.page().text("#loginVerificationIntro"))
                    .isEqualTo(Messages.of("loginVerificationIntro") + " " + Messages.of("loginVerificationCodes"));
            assertThat(visit.offered()).containsExactly("otp");
            assertThat(visit.page().text("#name-otp")).isEqualTo("Authenticator Application");
            assertThat(visit.canSkip() || visit.canCancel()).isFalse();

            List<String> codes = visit.chooseApp().scan().codes();
            assertThat(visit.canCancel()).as("the codes are part of it").isFalse();
            visit.saveCodes().isSignedIn();
            assertThat(visit.client().parameter("kc_action_status")).isEmpty();
            assertThat(user.admin().requiredActions()).isEmpty();
            assertThat(user.admin().credentials("otp")).hasSize(1);
            welcoming.signInWith(user, codes.get(0)).assertSignedIn();
        }
    }

    @Test
    void anAdministratorCanRequireIt() {
        TestUser user = required("asked-by-admin");
        signIn(realm, user).isAsked().chooseApp().scan().saveCodes().isSignedIn();
        assertThat(user.admin().requiredActions()).isEmpty();
        assertThat(user.admin().events("CUSTOM_REQUIRED_ACTION"))
                .extracting(event -> Event.detail(event, "custom_required_action"))
                .contains(BackupCodesNames.VERIFICATION, BackupCodesNames.ACTION);
    }

    /** Keycloak compares the age with that of the action that the application has named. */
    @Test
    void anApplicationGetsNoAppSetUpInASessionThatIsTooOldForIt() throws InterruptedException {
        try (TestRealm strict = LoginVerificationClient.ready(TestRealm.create())) {
            strict.admin().configureRequiredAction(BackupCodesNames.VERIFICATION, Map.of("max_auth_age", "1"));
            strict.admin().configureRequiredAction("CONFIGURE_TOTP", Map.of("max_auth_age", "1"));
            TestUser user = strict.user("unattended").create();
            LoginClient session = strict.signIn(user);
            session.assertSignedIn();
            Thread.sleep(2_500);

            session.open(Map.of("kc_action", BackupCodesNames.ACTION));
            session.assertHas(Selectors.PASSWORD_FORM);

            strict.admin().configureRequiredAction(BackupCodesNames.VERIFICATION, Map.of("max_auth_age", "300"));
            session.open(Map.of("kc_action", BackupCodesNames.ACTION));
            session.submit("#login-verification-form", Map.of("setUp", "otp"));
            session.assertHas(Selectors.PASSWORD_FORM);
            session.password(user);
            session.submit("#login-verification-form", Map.of("setUp", "otp"));
            session.assertHas(Selectors.APP_SETUP_FORM);
        }
    }

    @Test
    void whoHasASecondFactorIsDoneAtOnce() {
        TestUser user = realm.user("has-it").otp().mustSetUpVerification().create();
        LoginClient client = realm.signInWithApp(user);
        client.assertSignedIn();
        assertThat(user.admin().requiredActions()).isEmpty();
    }

    /** Nobody is asked for more who is protected already; who is required to turn it on still does so. */
    @Test
    void whoHasAPasskeyIsNotAskedWithEverybodyElse() {
        try (TestRealm everybody = LoginVerificationClient.ready(TestRealm.create())) {
            everybody.admin().configureRequiredAction(BackupCodesNames.VERIFICATION, Map.of("ask-everybody", "true"));
            Map<String, Object> passkey = new HashMap<>(TestUser.SECURITY_KEY);
            passkey.put("type", "webauthn-passwordless");
            signIn(everybody, everybody.user("without").create()).isAsked();
            TestUser user = everybody.user("with-passkey").credential(passkey).create();
            signIn(everybody, user).isSignedIn();
            user.admin().require(BackupCodesNames.VERIFICATION);
            signIn(everybody, user).isAsked();
        }
    }

    @Test
    void codesAloneAreNotEnough() {
        TestUser user =
                realm.user("codes-only").codes(CODES).mustSetUpVerification().create();
        LoginVerificationClient visit =
                signIn(realm, user).isAsked().chooseApp().scan();
        assertThat(visit.codes()).as("the old list may be forgotten").hasSize(10);
        assertThat(signInBy(user, CODES.code(0)).page().backupCodes())
                .as("and is good until the new one is saved, which comes after it")
                .isNotEmpty();
        visit.saveCodes().isSignedIn();
        signInBy(user, CODES.code(1)).page().assertError("backupCodeErrorReplaced");
    }

    @Test
    void theSecondFactorComesBeforeTheCodesAndTheseAreMadeOnce() {
        // in the order in which Keycloak lists the two, the codes come first here
        TestUser user = realm.user("codes-first")
                .requiredAction(BackupCodesNames.ACTION)
                .mustSetUpVerification()
                .create();
        LoginVerificationClient visit =
                signIn(realm, user).isAsked().chooseApp().scan();
        List<String> codes = visit.codes();
        visit.saveCodes().isSignedIn();
        signInBy(user, codes.get(3)).assertSignedIn();
    }

    @Test
    void whoLeavesBeforeTheFactorIsAskedAgain() {
        TestUser user = required("leaving-early");
        signIn(realm, user).isAsked().chooseApp();
        assertThat(user.admin().credentials("otp")).isEmpty();
        assertThat(user.admin().requiredActions()).containsExactly(BackupCodesNames.VERIFICATION);
        signIn(realm, user).isAsked();
    }

    @Test
    void whoLeavesBeforeTheCodesMakesThemNextTime() {
        TestUser user = required("leaving-late");
        Totp app = signIn(realm, user).chooseApp().scan().app();
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();

        LoginVerificationClient next = signIn(realm, user);
        next.page().assertHas(Selectors.OTP_FORM);
        next.client().otp(app.now());
        assertThat(next.codes()).hasSize(10);
        next.saveCodes().isSignedIn();
        assertThat(user.admin().requiredActions()).isEmpty();
    }

    @Test
    void theWayBackFromTheFactorLeadsToThePage() {
        TestUser user = required("going-back");
        LoginVerificationClient visit = signIn(realm, user).chooseApp();
        visit.client().get(visit.page().url()).assertHas(Selectors.APP_SETUP_FORM, "loaded again");
        assertThat(visit.canCancel()).isTrue();
        visit.cancel().isAsked();
        assertThat(visit.canCancel()).isFalse();
        visit.chooseApp().scan().saveCodes().isSignedIn();
    }

    @Test
    void anApplicationIsToldWhenAllIsDone() {
        TestUser user = realm.user("from-app").create();
        LoginVerificationClient visit = byApplication(realm, user).isAsked();
        assertThat(visit.canCancel()).isTrue();
        visit.chooseApp().scan();
        visit.client().assertNotSignedIn();
        assertThat(visit.saveCodes().status()).isEqualTo("success");
        assertThat(byApplicationWithOtp(user, visit.app()).status())
                .as("it is on")
                .isEqualTo("success");
    }

    @Test
    void anApplicationIsToldOfTheCancel() {
        TestUser user = realm.user("cancelling").create();
        LoginVerificationClient visit =
                byApplication(realm, user).chooseApp().cancel().isAsked();
        assertThat(visit.cancel().status()).isEqualTo("cancelled");
        assertThat(user.admin().credentials()).hasSize(1);
        assertThat(user.admin().requiredActions()).isEmpty();
        signIn(realm, user).isSignedIn();
    }

    @Test
    void theCodesStayToBeDoneWhereverTheUserLeaves() {
        TestUser user = realm.user("from-app-leaving").create();
        Totp app = byApplication(realm, user).chooseApp().scan().app();
        LoginVerificationClient next = byApplicationWithOtp(user, app);
        assertThat(next.codes()).hasSize(10);
        assertThat(next.saveCodes().status()).isEqualTo("success");
    }

    @Test
    void whatIsRequiredCannotBeCancelledByWayOfAnApplication() {
        TestUser user = required("enforced");
        LoginVerificationClient visit = byApplication(realm, user).isAsked();
        assertThat(visit.canCancel()).isFalse();
        visit.client().submit("#login-verification-form", Map.of("cancel-aia", "true"));
        visit.isAsked().chooseApp();
        assertThat(visit.canCancel()).as("back to the choice").isTrue();
        visit.cancel().isAsked().chooseApp().scan();
        assertThat(visit.saveCodes().status()).isEqualTo("success");
        assertThat(user.admin().requiredActions()).isEmpty();
    }

    @Test
    void aSignInThatIsStartedAnewKeepsTheWishOfTheApplication() {
        TestUser user = realm.user("starting-anew").create();
        LoginVerificationClient visit = byApplication(realm, user).chooseApp();
        LoginClient client = visit.client();
        String url = client.page().url().toString();
        client.get(URI.create(url.replace("/login-actions/required-action", "/login-actions/restart")));
        client.password(user.username(), user.password());
        visit.isAsked();
        assertThat(visit.chooseApp().scan().saveCodes().status()).isEqualTo("success");
    }

    @Test
    void onlyWhatIsOfferedCanBeSetUp() {
        LoginVerificationClient visit = signIn(realm, required("other-types"));
        for (String type :
                List.of("webauthn", "backup-codes", "recovery-authn-codes", "password", "", "CONFIGURE_TOTP")) {
            visit.choose(type).isAsked();
        }
        visit.client().submit("#login-verification-form", Map.of("skip", "true"));
        visit.isAsked();
    }

    @Test
    void turnedOffAndOnAgainItAsksForNewCodes() {
        TestUser user = realm.user("off-and-on").otp().codes(CODES).create();
        user.admin().deleteCredentials("otp");
        signIn(realm, user).isSignedIn();
        user.admin().require(BackupCodesNames.VERIFICATION);
        LoginVerificationClient visit =
                signIn(realm, user).isAsked().chooseApp().scan();
        List<String> codes = visit.codes();
        visit.saveCodes().isSignedIn();
        signInBy(user, codes.get(0)).assertSignedIn();
    }

    @Test
    void theFactorsAreThoseThatTheRealmOffers() {
        try (TestRealm other = LoginVerificationClient.ready(TestRealm.create())) {
            other.admin()
                    .requireExecution(
                            TestRealm.FLOW,
                            other.admin().execution(TestRealm.FLOW, "webauthn-authenticator"),
                            "ALTERNATIVE");
            other.admin().registerRequiredAction(CardRegistration.ID);
            other.admin().updateRequiredAction("CONFIGURE_RECOVERY_AUTHN_CODES", Map.of("enabled", true));
            other.admin()
                    .requireExecution(
                            TestRealm.FLOW,
                            other.admin().execution(TestRealm.FLOW, "auth-recovery-authn-code-form"),
                            "ALTERNATIVE");
            TestUser user = required(other, "chooser");
            assertThat(signIn(other, user).offered())
                    .as("the card is in no flow")
                    .containsExactly("otp", "webauthn");

            other.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, CardForm.ID, "ALTERNATIVE");
            LoginVerificationClient visit = signIn(other, user);
            assertThat(visit.offered()).containsExactly("otp", CardCredentials.TYPE, "webauthn");
            assertThat(visit.page().text("#name-" + CardCredentials.TYPE)).isEqualTo(CardCredentials.NAME);
            assertThat(visit.page().text("#name-webauthn")).isEqualTo("Passkey");
            assertThat(visit.page()
                            .document()
                            .select("#setUp-" + CardCredentials.TYPE + " i")
                            .attr("class"))
                    .isEqualTo("fa fa-credit-card");

            other.admin().updateRequiredAction("webauthn-register", Map.of("enabled", false));
            assertThat(signIn(other, user).offered()).containsExactly("otp", CardCredentials.TYPE);

            visit = signIn(other, user).choose(CardCredentials.TYPE);
            visit.client().submit("#card-register", Map.of("number", "1"));
            visit.saveCodes().isSignedIn();
            assertThat(user.admin().credentials(CardCredentials.TYPE)).hasSize(1);
            LoginVerificationClient next = signIn(other, user);
            next.client().submit("#card-login", Map.of("number", "1"));
            next.isSignedIn();
        }
    }

    @Test
    void aRealmThatOffersNothingPassesItOver() {
        try (TestRealm poor = LoginVerificationClient.ready(TestRealm.create())) {
            poor.admin().updateRequiredAction("CONFIGURE_TOTP", Map.of("enabled", false));
            TestUser user = required(poor, "nothing-offered");
            long mark = poor.server().log().mark();
            signIn(poor, user).isSignedIn();
            assertThat(poor.server()
                            .log()
                            .since(mark)
                            .lines()
                            .filter(line -> line.contains(user.id()) && line.contains("offers no second factor")))
                    .hasSize(1);
            assertThat(user.admin().requiredActions())
                    .as("until the realm offers one")
                    .containsExactly(BackupCodesNames.VERIFICATION);
            assertThat(byApplication(poor, user).status()).isEqualTo("error");
        }
    }

    @Test
    void withoutBackupCodesItIsDoneWithTheFactor() {
        try (TestRealm bare = LoginVerificationClient.ready(TestRealm.create())) {
            bare.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("enabled", false));
            TestUser user = required(bare, "no-codes");
            LoginVerificationClient visit = signIn(bare, user).isAsked();
            visit.page().assertText("#loginVerificationIntro", "loginVerificationIntro");
            visit.chooseApp().scan().isSignedIn();
            assertThat(user.admin().requiredActions()).isEmpty();
        }
    }

    private static TestUser required(String name) {
        return required(realm, name);
    }

    private static TestUser required(TestRealm where, String name) {
        return where.user(name).mustSetUpVerification().create();
    }

    private static LoginVerificationClient byApplicationWithOtp(TestUser user, Totp app) {
        LoginVerificationClient visit = byApplication(realm, user);
        visit.client().otp(app.now());
        return visit;
    }

    private static LoginClient signInBy(TestUser user, String code) {
        return realm.signInWith(user, code);
    }
}
