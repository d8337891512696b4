package io.github.backupcodes.loginstrength;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.loginverification.LoginVerificationClient;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.FlowBuilder;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a code by e-mail is worth beside other second factors. */
class FactorRankIT {

    private static final String NEW_FACTORS = "backup-codes-new-factors";
    private static final String NOT_ME = "#backup-codes-not-me";

    private static final String RECOVERY_ACTION = "CONFIGURE_RECOVERY_AUTHN_CODES";
    private static final String RECOVERY_FORM = "auth-recovery-authn-code-form";

    private static final String BESIDE = "weaker-beside-stronger";
    private static final String MAKE_CODES = "weaker-factors-make-codes";

    @Test
    void besideAStrongerFactorItBringsNeitherCodesNorFactors() {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestRealm realm = codes.realm();
            TestUser user = codes.user("alice").otp().create();
            LoginClient weak = signInByEmail(codes, user, BackupCodesNames.ACTION);
            assertThat(weak.page().backupCodes()).as("%s", weak.page()).isEmpty();
            assertThat(weak.parameter("kc_action_status")).contains("error");
            LoginClient change = signInByEmail(codes, user, EmailCodeRealm.ACTION);
            assertThat(change.parameter("kc_action_status"))
                    .as("%s", change.page())
                    .contains("error");

            settings(realm, Map.of(BESIDE, "true", MAKE_CODES, "true"));
            LoginClient allowed = signInByEmail(codes, user, BackupCodesNames.ACTION);
            List<String> made = allowed.page().backupCodes();
            allowed.saveCodes();
            allowed.assertSignedIn();
            assertThat(user.admin().backupCodes().path("rank").asText())
                    .as("they are worth what they were made by")
                    .isEqualTo("weak");

            settings(realm, Map.of(BESIDE, "true"));
            LoginClient withCode = realm.enterCode(user, made.get(0));
            assertThat(withCode.page().has("[name=setUp], [name=makeCodes]"))
                    .as("%s", withCode.page())
                    .isFalse();
            withCode.continueSignIn();
            withCode.assertSignedIn();

            LoginClient strong = realm.renewCodes(user);
            assertThat(strong.page().backupCodes()).hasSize(10);
            strong.saveCodes();
            assertThat(user.admin().backupCodes().has("rank")).isFalse();
        }
    }

    /** A stronger factor that another session adds while the new codes are shown. */
    @Test
    void itIsAskedAgainWhenTheCodesAreSaved() {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestUser user = codes.user("bob").create();
            LoginClient shown = signInByEmail(codes, user, BackupCodesNames.ACTION);
            assertThat(shown.page().backupCodes()).as("%s", shown.page()).hasSize(10);
            LoginClient other = signInByEmail(codes, user, "CONFIGURE_TOTP");
            other.setUpApp("phone");
            other.assertSignedIn();

            shown.saveCodes();
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        }
    }

    /** Otherwise the weaker session would only have to remove the stronger factor, and there would be nothing stronger. */
    @Test
    void aFactorThatAWeakerSessionHasRemovedStillCounts() {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestUser user = codes.user("launder").otp().create();
            LoginClient thief = signInByEmail(
                    codes, user, "delete_credential:" + user.admin().credentialId("otp"));
            thief.submit("form:has([name=accept])", Map.of("accept", ""));
            assertThat(user.admin().credentials("otp")).as("%s", thief.page()).isEmpty();
            thief.open(Map.of("kc_action", "CONFIGURE_TOTP"));
            Totp added = thief.setUpApp("thief");
            thief.open(Map.of("kc_action", BackupCodesNames.ACTION));
            assertThat(thief.page().backupCodes()).isEmpty();

            assertBringsNoCodes(codes.realm(), user, added);
            assertThat(codes.mails()
                            .await(Messages.of("emailCodeMailStrongerSubject"))
                            .text())
                    .contains("Authenticator Application");
            codes.mails()
                    .await(
                            mail -> mail.to().startsWith("launder@")
                                    && mail.subject().equals(Messages.of("emailCodeMailWeakSubject")),
                            "the mail about the added app");
        }
    }

    /** With the settings as they are by default, and a code of a set that an e-mail code has brought. */
    @Test
    void aFactorThatAWeakBackupCodeHasRemovedStillCounts() {
        try (EmailCodeRealm codes = EmailCodeRealm.create()) {
            LoginVerificationClient.ready(codes.realm());
            TestUser user = codes.user("sheet").create();
            LoginClient owner = signInByEmail(codes, user, BackupCodesNames.ACTION);
            List<String> sheet = owner.page().backupCodes();
            owner.saveCodes();
            owner.open(Map.of("kc_action", "CONFIGURE_TOTP"));
            owner.setUpApp("owner");
            owner.assertSignedIn();

            LoginClient thief = codes.realm().signInWith(user, sheet.get(0));
            remove(thief, user, "otp");
            thief.open(Map.of("kc_action", "CONFIGURE_TOTP"));
            assertBringsNoCodes(codes.realm(), user, thief.setUpApp("thief"));
        }
    }

    /** In the session of a client whose flow asks for the password alone. */
    @Test
    void aFactorThatThePasswordAloneHasRemovedStillCounts() {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestRealm realm = codes.realm();
            FlowBuilder.in(realm.admin(), "password only").execution("auth-username-password-form", "REQUIRED");
            TestUser user = codes.user("alone").create();
            realm.admin().bindBrowserFlow(TestRealm.CLIENT, "password only");
            LoginClient thief = realm.signIn(user);
            realm.admin().bindBrowserFlow(TestRealm.CLIENT, TestRealm.FLOW);
            remove(thief, user, EmailCodeRealm.TYPE);
            thief.open(Map.of("kc_action", "CONFIGURE_TOTP"));
            assertBringsNoCodes(realm, user, thief.setUpApp("thief"));
        }
    }

    /** The account REST names the removed credential in another detail of the event than the action does. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFactorThatTheAccountRestHasRemovedStillCounts(boolean passwordAlone) throws Exception {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestRealm realm = codes.realm();
            TestUser.Builder described = codes.user("rest");
            TestUser user = (passwordAlone ? described : described.otp()).create();
            if (passwordAlone) {
                FlowBuilder.in(realm.admin(), "password only").execution("auth-username-password-form", "REQUIRED");
                realm.admin().bindBrowserFlow(TestRealm.CLIENT, "password only");
            }
            LoginClient thief = passwordAlone ? realm.signIn(user) : signInByEmail(codes, user, null);
            String removed = user.admin().credentialId(passwordAlone ? EmailCodeRealm.TYPE : "otp");
            HttpRequest request = HttpRequest.newBuilder(URI.create(realm.url() + "/account/credentials/" + removed))
                    .header(
                            "Authorization",
                            "Bearer " + thief.tokens().path("access_token").asText())
                    // without it, the path is that of the console
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/json")
                    .DELETE()
                    .build();
            assertThat(LoginClient.connections()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
            assertThat(user.admin().credentials(NEW_FACTORS)).hasSize(1);
            codes.mails()
                    .await(Messages.of(passwordAlone ? "emailCodeMailOffSubject" : "emailCodeMailStrongerSubject"));
            thief.open(Map.of("kc_action", "CONFIGURE_TOTP"));
            if (passwordAlone) {
                // the flow has no cookie
                thief.password(user);
            }
            Totp app = thief.setUpApp("thief");
            if (passwordAlone) {
                realm.admin().bindBrowserFlow(TestRealm.CLIENT, TestRealm.FLOW);
            }
            assertBringsNoCodes(realm, user, app);
        }
    }

    /** Keycloak dates them by when their page was opened, and nobody writes down twelve codes in ten seconds. */
    @Test
    void recoveryCodesOfAWeakerSessionCountAsThatSession() throws InterruptedException {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestRealm realm = codes.realm();
            offerRecoveryCodes(realm);
            TestUser user = codes.user("recovery").otp().create();
            LoginClient thief = signInByEmail(codes, user, RECOVERY_ACTION);
            String code = recoveryCode(thief);
            TimeUnit.SECONDS.sleep(11);
            thief.submit("#kc-recovery-codes-settings-form", Map.of());
            assertThat(user.admin().credentials(NEW_FACTORS)).hasSize(1);

            LoginClient next = realm.newBrowser();
            next.open(Map.of("kc_action", BackupCodesNames.ACTION));
            next.password(user);
            next.choose(realm.admin().execution(TestRealm.FLOW, RECOVERY_FORM));
            next.submit("#kc-recovery-code-login-form", Map.of("recoveryCodeInput", code));
            next.continueSignIn();
            assertThat(next.page().backupCodes()).as("%s", next.page()).isEmpty();
        }
    }

    /** In a flow with two forms for codes. */
    @Test
    void twoWeakCodesAreNoStrongOne() {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestRealm realm = codes.realm();
            offerRecoveryCodes(realm);
            TestUser user = codes.user("two").create();
            LoginClient owner = signInByEmail(codes, user, BackupCodesNames.ACTION);
            List<String> sheet = owner.page().backupCodes();
            owner.saveCodes();
            owner.open(Map.of("kc_action", "CONFIGURE_TOTP"));
            owner.setUpApp("owner");
            LoginClient thief = signInByEmail(codes, user, RECOVERY_ACTION);
            String code = recoveryCode(thief);
            thief.submit("#kc-recovery-codes-settings-form", Map.of());

            FlowBuilder.in(realm.admin(), "two codes")
                    .execution("auth-username-password-form", "REQUIRED")
                    .execution(BackupCodesNames.AUTHENTICATOR, "REQUIRED")
                    .execution(BackupCodesNames.ONE_FIELD, "REQUIRED");
            realm.admin().bindBrowserFlow("two codes");
            LoginClient two = realm.newBrowser();
            two.open(Map.of("kc_action", BackupCodesNames.ACTION));
            two.password(user);
            two.enterBackupCode(sheet.get(0));
            two.submit(Selectors.OTP_FORM, Map.of("otp", code));
            two.continueSignIn();
            assertThat(two.page().backupCodes()).as("%s", two.page()).isEmpty();
        }
    }

    /** A later request of the same sign-in must not be judged by what is left, or by what it names. */
    @Test
    void theFactorThatWasUsedMayBeDeletedInTheSameSignIn() {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestRealm realm = codes.realm();
            RealmAdmin admin = realm.admin();
            FlowBuilder.in(admin, "password only").execution("auth-username-password-form", "REQUIRED");
            FlowBuilder.in(admin, "always")
                    .flow("who", "REQUIRED", who -> who.execution("auth-cookie", "ALTERNATIVE")
                            .flow(
                                    "forms",
                                    "ALTERNATIVE",
                                    forms -> forms.execution("auth-username-password-form", "REQUIRED")))
                    .flow("factor", "REQUIRED", factor -> factor.execution("auth-otp-form", "REQUIRED"));
            TestUser user = codes.user("again").otp().create();
            String owners = user.admin().credentialId("otp");
            admin.bindBrowserFlow(TestRealm.CLIENT, "password only");
            LoginClient thief = realm.signInFor(user, "CONFIGURE_TOTP");
            Totp app = thief.setUpApp("thief");
            String thiefs = user.admin().credentials("otp").stream()
                    .map(otp -> otp.path("id").asText())
                    .filter(id -> !id.equals(owners))
                    .findFirst()
                    .orElseThrow();
            admin.bindBrowserFlow(TestRealm.CLIENT, "always");
            thief.open(Map.of("kc_action", "delete_credential:" + thiefs));
            thief.submit(Selectors.OTP_FORM, Map.of("otp", app.now(), "selectedCredentialId", thiefs));
            thief.submit("form:has([name=accept])", Map.of("accept", ""));
            assertThat(user.admin().credentials("otp")).hasSize(1);
            admin.bindBrowserFlow(TestRealm.CLIENT, TestRealm.FLOW);
            thief.open(Map.of("kc_action", BackupCodesNames.ACTION));
            assertThat(thief.page().backupCodes()).as("%s", thief.page()).isEmpty();
        }
    }

    private static void offerRecoveryCodes(TestRealm realm) {
        realm.admin().updateRequiredAction(RECOVERY_ACTION, Map.of("enabled", true));
        realm.admin()
                .requireExecution(
                        TestRealm.FLOW, realm.admin().execution(TestRealm.FLOW, RECOVERY_FORM), "ALTERNATIVE");
    }

    private static String recoveryCode(LoginClient client) {
        return client.page()
                .document()
                .select("[name=generatedRecoveryAuthnCodes]")
                .attr("value")
                .split(",", -1)[0];
    }

    private static void remove(LoginClient client, TestUser user, String type) {
        client.open(Map.of("kc_action", "delete_credential:" + user.admin().credentialId(type)));
        client.submit("form:has([name=accept])", Map.of("accept", ""));
        assertThat(user.admin().credentials(type)).as("%s", client.page()).isEmpty();
    }

    private static void assertBringsNoCodes(TestRealm realm, TestUser user, Totp app) {
        LoginClient next = realm.newBrowser();
        next.open(Map.of("kc_action", BackupCodesNames.ACTION));
        next.password(user);
        next.otp(app.now());
        assertThat(next.page().backupCodes()).as("%s", next.page()).isEmpty();
    }

    @Test
    void aloneItBringsCodesOfItsRankWhichReplaceItButAreNoStrongFactorLater() {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestRealm realm = codes.realm();
            TestUser user = codes.user("carol").create();
            LoginClient first = signInByEmail(codes, user, BackupCodesNames.ACTION);
            List<String> made = first.page().backupCodes();
            assertThat(made).as("%s", first.page()).hasSize(10);
            first.saveCodes();
            assertThat(user.admin().backupCodes().path("rank").asText()).isEqualTo("weak");
            realm.signInWith(user, made.get(0)).assertSignedIn();

            // a stronger factor is welcome: there was none before
            LoginClient adding = realm.signInFor(user, "CONFIGURE_TOTP");
            adding.choose(realm.backupCodeExecution());
            adding.backupCode(made.get(1));
            Totp app = adding.setUpApp("phone");
            adding.assertSignedIn();
            assertThat(user.admin().credentials(NEW_FACTORS)).isEmpty();

            LoginClient weak = realm.enterCode(user, made.get(2));
            assertThat(weak.page().has("[name=setUp], [name=makeCodes]"))
                    .as("%s", weak.page())
                    .isFalse();
            LoginClient strong = realm.newBrowser();
            strong.open(Map.of("kc_action", BackupCodesNames.ACTION));
            strong.password(user);
            strong.otp(app.now());
            assertThat(strong.page().backupCodes()).as("%s", strong.page()).hasSize(10);
        }
    }

    @Test
    void anAppThatWasAddedByItCountsAsMuchForADay() {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestRealm realm = codes.realm();
            TestUser user = codes.user("dave").otp().create();
            LoginClient thief = signInByEmail(codes, user, "CONFIGURE_TOTP");
            Totp app = thief.setUpApp("second phone");
            thief.assertSignedIn();
            MailServer.Mail mail = codes.mails().await(Messages.of("emailCodeMailWeakSubject"));
            assertThat(mail.text()).contains("Authenticator Application");
            JsonNode noted = Json.read(user.admin()
                            .credentials(NEW_FACTORS)
                            .get(0)
                            .path("credentialData")
                            .asText())
                    .path("factors")
                    .path(0);
            assertThat(noted.path("rank").asText()).isEqualTo("weak");
            assertThat(Instant.parse(noted.path("until").asText()))
                    .isBetween(
                            Instant.now().plus(Duration.ofHours(23)),
                            Instant.now().plus(Duration.ofHours(24)));

            LoginClient next = realm.newBrowser();
            next.open(Map.of("kc_action", BackupCodesNames.ACTION));
            next.password(user);
            next.submit(
                    Selectors.OTP_FORM,
                    Map.of(
                            "otp",
                            app.now(),
                            "selectedCredentialId",
                            noted.path("id").asText()));
            assertThat(next.page().backupCodes()).as("%s", next.page()).isEmpty();
            next.assertSignedIn();

            LoginClient first = realm.newBrowser();
            first.open(Map.of("kc_action", BackupCodesNames.ACTION));
            first.password(user);
            first.submit(
                    Selectors.OTP_FORM,
                    Map.of(
                            "otp",
                            user.totp().now(),
                            "selectedCredentialId",
                            user.admin().credentials("otp").stream()
                                    .map(otp -> otp.path("id").asText())
                                    .filter(id -> !id.equals(noted.path("id").asText()))
                                    .findFirst()
                                    .orElseThrow()));
            assertThat(first.page().backupCodes())
                    .as("the app that the user had counts fully: %s", first.page())
                    .hasSize(10);

            // the thief removes what the owner has; the mail leaves no weak factor alone
            user.admin().credentials("otp").stream()
                    .map(otp -> otp.path("id").asText())
                    .filter(id -> !id.equals(noted.path("id").asText()))
                    .forEach(user.admin()::deleteCredential);
            assertThat(user.admin().credentials("otp")).hasSize(1);
            LoginClient owner = realm.newBrowser();
            owner.get(URI.create(mail.link()));
            owner.submit(NOT_ME, Map.of());
            assertThat(user.admin().representation().path("enabled").asBoolean())
                    .as("%s", owner.page())
                    .isFalse();
            assertThat(user.admin().credentials("otp")).isEmpty();
        }
    }

    /** Keycloak's own page asks for nothing where the flow of a client does not. */
    @Test
    void anAppThatWasAddedByThePasswordAloneIsNoEvidence() {
        try (EmailCodeRealm codes = realm(Map.of(BESIDE, "true"))) {
            TestRealm realm = codes.realm();
            RealmAdmin admin = realm.admin();
            FlowBuilder.in(admin, "password only").execution("auth-username-password-form", "REQUIRED");
            TestUser user = codes.user("erin").create();
            admin.bindBrowserFlow(TestRealm.CLIENT, "password only");
            LoginClient thief = realm.signInFor(user, "CONFIGURE_TOTP");
            Totp app = thief.setUpApp("phone");
            thief.assertSignedIn();
            codes.mails().await(Messages.of("emailCodeMailWeakSubject"));
            admin.bindBrowserFlow(TestRealm.CLIENT, TestRealm.FLOW);

            LoginClient next = realm.newBrowser();
            next.open(Map.of("kc_action", BackupCodesNames.ACTION));
            next.password(user);
            next.otp(app.now());
            next.assertSignedIn();
            assertThat(next.parameter("kc_action_status")).contains("error");
            assertThat(signInByEmail(codes, user, BackupCodesNames.ACTION)
                            .page()
                            .backupCodes())
                    .as("nor does it take anything from the owner")
                    .hasSize(10);
        }
    }

    @Test
    void itIsOfferedOnlyWhereTheFlowDoesNotAcceptTheStrongerFactor() {
        try (EmailCodeRealm codes = realm(Map.of())) {
            TestRealm realm = codes.realm();
            RealmAdmin admin = realm.admin();
            String form = codes.execution();
            TestUser both = codes.user("frank").otp().create();
            LoginClient client = realm.signIn(both);
            client.assertHas(Selectors.OTP_FORM);
            assertThat(client.page().body()).doesNotContain(form);
            client.choose(form);
            assertThat(client.page().has(EmailCodeRealm.FORM))
                    .as("%s", client.page())
                    .isFalse();
            LoginClient another = realm.signIn(both);
            assertThat(another.page().has(Selectors.ANOTHER_WAY_FORM))
                    .as("there is no other way")
                    .isFalse();

            // a flow of its own below it: it is the only way there
            admin.copyFlow(TestRealm.FLOW, "apart");
            admin.requireExecution("apart", admin.execution("apart", "auth-otp-form"), "DISABLED");
            FlowBuilder.in(admin, "levels")
                    .execution("auth-username-password-form", "REQUIRED")
                    .flow("mail", "CONDITIONAL", flow -> flow.secondFactors(EmailCodeRealm.AUTHENTICATOR))
                    .flow("app", "CONDITIONAL", flow -> flow.secondFactors("auth-otp-form"));
            for (String flow : List.of("apart", "levels")) {
                admin.bindBrowserFlow(TestRealm.CLIENT, flow);
                LoginClient asked = realm.signIn(both);
                assertThat(asked.page().has("#verification-code"))
                        .as("%s: %s", flow, asked.page())
                        .isTrue();
            }
            assertThat(codes.mails().mails())
                    .as("one message, which both windows share")
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void whoHasItAloneIsAskedForAStrongerOneIfTheRealmWantsThatAndCanPutItOff() {
        try (EmailCodeRealm codes = realm(Map.of("ask-everybody", "true"))) {
            TestRealm realm = codes.realm();
            TestUser user = codes.user("grace").create();
            signInByEmail(codes, user, null).assertSignedIn();

            settings(realm, Map.of("ask-everybody", "true", "ask-everybody-for", "strong"));
            LoginClient asked = signInByEmail(codes, user, null);
            asked.assertHas("#login-verification");
            assertThat(asked.page().document().select("[name=setUp]").eachAttr("value"))
                    .as("not the weak one again")
                    .containsExactly("otp");
            asked.submit("#login-verification-later", Map.of("skip", "true"));
            asked.assertSignedIn();
            signInByEmail(codes, user, null).assertSignedIn();

            // the password alone must not choose a stronger one
            TestUser other = codes.user("heidi").create();
            FlowBuilder.in(realm.admin(), "password only").execution("auth-username-password-form", "REQUIRED");
            realm.admin().bindBrowserFlow(TestRealm.CLIENT, "password only");
            realm.signIn(other).assertSignedIn();
            realm.admin().bindBrowserFlow(TestRealm.CLIENT, TestRealm.FLOW);
            LoginClient upgrading = signInByEmail(codes, other, null);
            upgrading.submit("#login-verification-form", Map.of("setUp", "otp"));
            upgrading.setUpApp("phone");
            assertThat(upgrading.page().backupCodes())
                    .as("%s", upgrading.page())
                    .hasSize(10);
            upgrading.saveCodes();
            upgrading.assertSignedIn();
            assertThat(other.admin().credentials(NEW_FACTORS)).isEmpty();
        }
    }

    @Test
    void firstCodesTakeTheRankOfTheFactorThatWasJustSetUp() {
        try (EmailCodeRealm codes = realm(Map.of())) {
            TestRealm realm = codes.realm();
            TestUser user = realm.user("ivan").mustSetUpVerification().create();
            LoginClient client = realm.signIn(user);
            assertThat(client.page().document().select("[name=setUp]").eachAttr("value"))
                    .as("the strong one first")
                    .containsExactly("otp", "email-code");
            client.page().assertHas("#recommended-otp");
            assertThat(client.page().text("#help-email-code")).isEqualTo(Messages.of("loginVerificationEmail"));
            client.submit("#login-verification-form", Map.of("setUp", "email-code"));
            client.submit("#email-code-send-form", Map.of("send", "true"));
            client.submit(EmailCodeRealm.FORM, Map.of("emailCode", codes.awaitCode(user, 1)));
            assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
            client.saveCodes();
            client.assertSignedIn();
            assertThat(user.admin().backupCodes().path("rank").asText()).isEqualTo("weak");
        }
    }

    @Test
    void textMessagesBesideAStrongerFactorBringNeitherCodesNorAnotherNumber() {
        try (SmsCodeRealm codes = smsRealm(Map.of(BESIDE, "true"))) {
            String number = SmsCodeRealm.number();
            TestUser user = codes.user("alice", number).otp().create();
            LoginClient weak = signInBySms(codes, user, number, BackupCodesNames.ACTION);
            assertThat(weak.page().backupCodes()).as("%s", weak.page()).isEmpty();
            LoginClient change = signInBySms(codes, user, number, SmsCodeRealm.ACTION);
            assertThat(change.parameter("kc_action_status"))
                    .as("%s", change.page())
                    .contains("error");

            String alone = SmsCodeRealm.number();
            TestUser other = codes.user("bob", alone).create();
            LoginClient client = signInBySms(codes, other, alone, BackupCodesNames.ACTION);
            assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
            client.saveCodes();
            assertThat(other.admin().backupCodes().path("rank").asText()).isEqualTo("restricted");
        }
    }

    /** Signing in by a text message, then Keycloak's own set-up of an app, then a sign-in with that app. */
    @Test
    void anAppThatATextMessageHasAddedChangesNoNumberForADay() {
        try (SmsCodeRealm codes = smsRealm(Map.of(BESIDE, "true"))) {
            TestRealm realm = codes.realm();
            String number = SmsCodeRealm.number();
            TestUser user = codes.user("dave", number).otp().create();
            String owners = user.admin().credentialId("otp");
            LoginClient thief = signInBySms(codes, user, number, "CONFIGURE_TOTP");
            Totp app = thief.setUpApp("thief");
            thief.assertSignedIn();
            MailServer.Mail mail = codes.mails().await(Messages.of("emailCodeMailWeakSubject"));
            assertThat(mail.link()).contains("/login-actions/action-token?key=");
            String thiefs = user.admin().credentials("otp").stream()
                    .map(otp -> otp.path("id").asText())
                    .filter(id -> !id.equals(owners))
                    .findFirst()
                    .orElseThrow();

            for (String action : List.of(SmsCodeRealm.ACTION, BackupCodesNames.ACTION)) {
                LoginClient next = signInWithApp(realm, user, app, thiefs, action);
                assertThat(next.parameter("kc_action_status"))
                        .as("%s: %s", action, next.page())
                        .contains("error");
            }
            assertThat(SmsCodeRealm.storedNumber(realm.admin(), user)).isEqualTo(number);

            signInWithApp(realm, user, user.totp(), owners, SmsCodeRealm.ACTION).assertHas(SmsCodeRealm.SEND_FORM);

            // the hours are a setting
            settings(realm, Map.of(BESIDE, "true", "new-factor-hours", "0"));
            LoginClient weak = realm.newBrowser();
            weak.open(Map.of("kc_action", "CONFIGURE_TOTP"));
            weak.password(user);
            weak.choose(realm.admin().execution(TestRealm.FLOW, SmsCodeRealm.AUTHENTICATOR));
            SmsCodeRealm.enter(weak, codes.awaitCode(number, 2));
            Totp second = weak.setUpApp("counts at once");
            String seconds = user.admin().credentials("otp").stream()
                    .filter(otp -> otp.path("userLabel").asText().equals("counts at once"))
                    .map(otp -> otp.path("id").asText())
                    .findFirst()
                    .orElseThrow();
            signInWithApp(realm, user, second, seconds, SmsCodeRealm.ACTION).assertHas(SmsCodeRealm.SEND_FORM);
        }
    }

    private static LoginClient signInWithApp(
            TestRealm realm, TestUser user, Totp app, String credential, String action) {
        LoginClient client = realm.newBrowser();
        client.open(Map.of("kc_action", action));
        client.password(user);
        client.submit(Selectors.OTP_FORM, Map.of("otp", app.now(), "selectedCredentialId", credential));
        return client;
    }

    @Test
    void textMessagesAreOfferedOnlyWhereTheFlowDoesNotAcceptTheStrongerFactor() {
        try (SmsCodeRealm codes = smsRealm(Map.of())) {
            TestRealm realm = codes.realm();
            RealmAdmin admin = realm.admin();
            String form = admin.execution(TestRealm.FLOW, SmsCodeRealm.AUTHENTICATOR);
            String keyNumber = SmsCodeRealm.number();
            TestUser key = codes.user("key", keyNumber)
                    .credential(TestUser.SECURITY_KEY)
                    .create();
            realm.signIn(key).assertHas("[name=smsCode]");
            codes.awaitCode(keyNumber, 1);

            String webauthn = admin.execution(TestRealm.FLOW, "webauthn-authenticator");
            admin.requireExecution(TestRealm.FLOW, webauthn, "ALTERNATIVE");
            String appNumber = SmsCodeRealm.number();
            TestUser app = codes.user("app", appNumber).otp().create();
            for (TestUser user : List.of(key, app)) {
                LoginClient client = realm.signIn(user);
                client.assertHas(user.equals(key) ? "#webauth" : Selectors.OTP_FORM);
                assertThat(client.page().body()).doesNotContain(form);
                client.send(client.prepareRaw(
                        client.action("form[action*=login-actions]"), "authenticationExecution=" + form));
                assertThat(client.page().has("#verification-code"))
                        .as("%s", client.page())
                        .isFalse();
            }

            // text messages are stronger than e-mail
            admin.registerRequiredAction(EmailCodeRealm.ACTION);
            admin.addExecution(TestRealm.SECOND_FACTOR_FLOW, EmailCodeRealm.AUTHENTICATOR, "ALTERNATIVE");
            TestUser both =
                    codes.user("both", SmsCodeRealm.number()).emailCode().create();
            LoginClient client = realm.signIn(both);
            client.assertHas("[name=smsCode]");
            assertThat(client.page().has(Selectors.ANOTHER_WAY_FORM)).isFalse();

            admin.copyFlow(TestRealm.FLOW, "apart");
            for (String stronger : List.of("auth-otp-form", "webauthn-authenticator")) {
                admin.requireExecution("apart", admin.execution("apart", stronger), "DISABLED");
            }
            FlowBuilder.in(admin, "levels")
                    .execution("auth-username-password-form", "REQUIRED")
                    .flow("sms", "CONDITIONAL", flow -> flow.secondFactors(SmsCodeRealm.AUTHENTICATOR))
                    .flow("app", "CONDITIONAL", flow -> flow.secondFactors("auth-otp-form"));
            for (String flow : List.of("apart", "levels")) {
                admin.bindBrowserFlow(TestRealm.CLIENT, flow);
                realm.signIn(app).assertHas("#verification-code");
            }
            assertThat(codes.messages(appNumber))
                    .as("one message, which both windows share")
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    private static SmsCodeRealm smsRealm(Map<String, String> settings) {
        SmsCodeRealm codes = SmsCodeRealm.create(Map.of());
        LoginVerificationClient.ready(codes.realm());
        settings(codes.realm(), settings);
        return codes;
    }

    /** Signs in with a code by text message, for an action that an application asks for. */
    private static LoginClient signInBySms(SmsCodeRealm codes, TestUser user, String number, String action) {
        int before = codes.messages(number).size();
        LoginClient client = codes.realm().newBrowser();
        client.open(Map.of("kc_action", action));
        client.password(user);
        if (!client.page().has(SmsCodeRealm.FORM)) {
            client.choose(codes.realm().admin().execution(TestRealm.FLOW, SmsCodeRealm.AUTHENTICATOR));
        }
        return SmsCodeRealm.enter(client, codes.awaitCode(number, before + 1));
    }

    private static EmailCodeRealm realm(Map<String, String> settings) {
        EmailCodeRealm codes = EmailCodeRealm.create();
        LoginVerificationClient.ready(codes.realm());
        settings(codes.realm(), settings);
        return codes;
    }

    private static void settings(TestRealm realm, Map<String, String> settings) {
        realm.admin().configureRequiredAction(BackupCodesNames.VERIFICATION, settings);
    }

    /** Signs in with a code by e-mail, for an action that an application asks for. */
    private static LoginClient signInByEmail(EmailCodeRealm codes, TestUser user, @Nullable String action) {
        int before = codes.codes(user).size();
        LoginClient client = codes.realm().newBrowser();
        client.open(action == null ? Map.of() : Map.of("kc_action", action));
        client.password(user);
        if (!client.page().has(EmailCodeRealm.FORM)) {
            client.choose(codes.execution());
        }
        return EmailCodeRealm.enter(client, codes.awaitCode(user, before + 1));
    }
}
