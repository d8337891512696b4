package io.github.backupcodes.loginstrength;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.loginverification.LoginVerificationClient;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.Json;
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
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a code by e-mail is worth beside other second factors. */
class FactorRankIT {

    private static final String FORM = "email-code-form";
    private static final String SET_UP = "CONFIGURE_EMAIL_CODE";
    private static final String NEW_FACTORS = "backup-codes-new-factors";
    private static final String CODE_FIELD = "form:has([name=emailCode])";
    private static final String NOT_ME = "#backup-codes-not-me";
    private static final Pattern CODE = Pattern.compile("(?m)^([0-9]{6})$");

    private static final String BESIDE = "weaker-beside-stronger";
    private static final String MAKE_CODES = "weaker-factors-make-codes";

    @Test
    void besideAStrongerFactorItBringsNeitherCodesNorFactors() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails, Map.of(BESIDE, "true"))) {
            TestUser user = emailUser(realm, "alice").otp().create();
            LoginClient weak = signInByEmail(realm, mails, user, BackupCodesNames.ACTION);
            assertThat(weak.page().backupCodes()).as("%s", weak.page()).isEmpty();
            assertThat(weak.parameter("kc_action_status")).contains("error");
            LoginClient change = signInByEmail(realm, mails, user, SET_UP);
            assertThat(change.parameter("kc_action_status")).as("%s", change.page()).contains("error");

            settings(realm, Map.of(BESIDE, "true", MAKE_CODES, "true"));
            LoginClient allowed = signInByEmail(realm, mails, user, BackupCodesNames.ACTION);
            List<String> codes = allowed.page().backupCodes();
            allowed.saveCodes();
            allowed.assertSignedIn();
            assertThat(user.admin().backupCodes().path("rank").asText())
                    .as("they are worth what they were made by")
                    .isEqualTo("weak");

            settings(realm, Map.of(BESIDE, "true"));
            LoginClient withCode = realm.enterCode(user, codes.get(0));
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
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails, Map.of(BESIDE, "true"))) {
            TestUser user = emailUser(realm, "bob").create();
            LoginClient shown = signInByEmail(realm, mails, user, BackupCodesNames.ACTION);
            assertThat(shown.page().backupCodes()).as("%s", shown.page()).hasSize(10);
            LoginClient other = signInByEmail(realm, mails, user, "CONFIGURE_TOTP");
            other.setUpApp("phone");
            other.assertSignedIn();

            shown.saveCodes();
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        }
    }

    @Test
    void aloneItBringsCodesOfItsRankWhichReplaceItButAreNoStrongFactorLater() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails, Map.of(BESIDE, "true"))) {
            TestUser user = emailUser(realm, "carol").create();
            LoginClient first = signInByEmail(realm, mails, user, BackupCodesNames.ACTION);
            List<String> codes = first.page().backupCodes();
            assertThat(codes).as("%s", first.page()).hasSize(10);
            first.saveCodes();
            assertThat(user.admin().backupCodes().path("rank").asText()).isEqualTo("weak");
            realm.signInWith(user, codes.get(0)).assertSignedIn();

            // a stronger factor is welcome: there was none before
            LoginClient adding = signInByEmail(realm, mails, user, "CONFIGURE_TOTP");
            Totp app = adding.setUpApp("phone");
            adding.assertSignedIn();
            assertThat(user.admin().credentials(NEW_FACTORS)).isEmpty();

            LoginClient weak = realm.enterCode(user, codes.get(1));
            assertThat(weak.page().has("[name=setUp], [name=makeCodes]")).as("%s", weak.page()).isFalse();
            LoginClient strong = realm.newBrowser();
            strong.open(Map.of("kc_action", BackupCodesNames.ACTION));
            strong.password(user);
            strong.otp(app.now());
            assertThat(strong.page().backupCodes()).as("%s", strong.page()).hasSize(10);
        }
    }

    @Test
    void anAppThatWasAddedByItCountsAsMuchForADay() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails, Map.of(BESIDE, "true"))) {
            TestUser user = emailUser(realm, "dave").otp().create();
            LoginClient thief = signInByEmail(realm, mails, user, "CONFIGURE_TOTP");
            Totp app = thief.setUpApp("second phone");
            thief.assertSignedIn();
            MailServer.Mail mail = mails.await(Messages.of("emailCodeMailWeakSubject"));
            assertThat(mail.text()).contains("Authenticator Application");
            JsonNode noted = Json.read(
                            user.admin().credentials(NEW_FACTORS).get(0).path("credentialData").asText())
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
                    Map.of("otp", app.now(), "selectedCredentialId", noted.path("id").asText()));
            assertThat(next.page().backupCodes()).as("%s", next.page()).isEmpty();
            next.assertSignedIn();

            // the thief removes what the owner has; the mail leaves no weak factor alone
            user.admin().credentials("otp").stream()
                    .map(otp -> otp.path("id").asText())
                    .filter(id -> !id.equals(noted.path("id").asText()))
                    .forEach(user.admin()::deleteCredential);
            LoginClient owner = realm.newBrowser();
            owner.get(URI.create(mail.link()));
            owner.submit(NOT_ME, Map.of());
            assertThat(user.admin().representation().path("enabled").asBoolean())
                    .as("%s", owner.page())
                    .isFalse();
        }
    }

    /** Keycloak's own page asks for nothing where the flow of a client does not. */
    @Test
    void anAppThatWasAddedByThePasswordAloneIsNoEvidence() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails, Map.of(BESIDE, "true"))) {
            RealmAdmin admin = realm.admin();
            FlowBuilder.in(admin, "password only").execution("auth-username-password-form", "REQUIRED");
            TestUser user = emailUser(realm, "erin").create();
            admin.bindBrowserFlow(TestRealm.CLIENT, "password only");
            LoginClient thief = realm.signInFor(user, "CONFIGURE_TOTP");
            Totp app = thief.setUpApp("phone");
            thief.assertSignedIn();
            mails.await(Messages.of("emailCodeMailWeakSubject"));
            admin.bindBrowserFlow(TestRealm.CLIENT, TestRealm.FLOW);

            LoginClient next = realm.newBrowser();
            next.open(Map.of("kc_action", BackupCodesNames.ACTION));
            next.password(user);
            next.otp(app.now());
            next.assertSignedIn();
            assertThat(next.parameter("kc_action_status")).contains("error");
            assertThat(signInByEmail(realm, mails, user, BackupCodesNames.ACTION).page().backupCodes())
                    .as("nor does it take anything from the owner")
                    .hasSize(10);
        }
    }

    @Test
    void itIsOfferedOnlyWhereTheFlowDoesNotAcceptTheStrongerFactor() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails, Map.of())) {
            RealmAdmin admin = realm.admin();
            String form = admin.execution(TestRealm.FLOW, FORM);
            TestUser both = emailUser(realm, "frank").otp().create();
            LoginClient client = realm.signIn(both);
            client.assertHas(Selectors.OTP_FORM);
            assertThat(client.page().body()).doesNotContain(form);
            client.choose(form);
            assertThat(client.page().has(CODE_FIELD)).as("%s", client.page()).isFalse();
            LoginClient another = realm.signIn(both);
            another.tryAnotherWay();
            assertThat(another.page().body()).doesNotContain(form);

            // a flow of its own below it: it is the only way there
            admin.copyFlow(TestRealm.FLOW, "apart");
            admin.requireExecution("apart", admin.execution("apart", "auth-otp-form"), "DISABLED");
            FlowBuilder.in(admin, "levels")
                    .execution("auth-username-password-form", "REQUIRED")
                    .flow("mail", "CONDITIONAL", flow -> flow.secondFactors(FORM))
                    .flow("app", "CONDITIONAL", flow -> flow.secondFactors("auth-otp-form"));
            for (String flow : List.of("apart", "levels")) {
                admin.bindBrowserFlow(TestRealm.CLIENT, flow);
                LoginClient asked = realm.signIn(both);
                assertThat(asked.page().has(CODE_FIELD)).as("%s: %s", flow, asked.page()).isTrue();
            }
            assertThat(mails.mails()).as("one message, which both windows share").hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void whoHasItAloneIsAskedForAStrongerOneIfTheRealmWantsThatAndCanPutItOff() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails, Map.of("ask-everybody", "true"))) {
            TestUser user = emailUser(realm, "grace").create();
            signInByEmail(realm, mails, user, null).assertSignedIn();

            settings(realm, Map.of("ask-everybody", "true", "ask-everybody-for", "strong"));
            LoginClient asked = signInByEmail(realm, mails, user, null);
            asked.assertHas("#login-verification");
            assertThat(asked.page().document().select("[name=setUp]").eachAttr("value"))
                    .as("not the weak one again")
                    .containsExactly("otp");
            asked.submit("#login-verification-later", Map.of("skip", "true"));
            asked.assertSignedIn();
            signInByEmail(realm, mails, user, null).assertSignedIn();

            // the password alone must not choose a stronger one
            TestUser other = emailUser(realm, "heidi").create();
            FlowBuilder.in(realm.admin(), "password only").execution("auth-username-password-form", "REQUIRED");
            realm.admin().bindBrowserFlow(TestRealm.CLIENT, "password only");
            realm.signIn(other).assertSignedIn();
            realm.admin().bindBrowserFlow(TestRealm.CLIENT, TestRealm.FLOW);
            LoginClient upgrading = signInByEmail(realm, mails, other, null);
            upgrading.submit("#login-verification-form", Map.of("setUp", "otp"));
            upgrading.setUpApp("phone");
            assertThat(upgrading.page().backupCodes()).as("%s", upgrading.page()).hasSize(10);
            upgrading.saveCodes();
            upgrading.assertSignedIn();
            assertThat(other.admin().credentials(NEW_FACTORS)).isEmpty();
        }
    }

    @Test
    void firstCodesTakeTheRankOfTheFactorThatWasJustSetUp() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails, Map.of())) {
            TestUser user = realm.user("ivan").mustSetUpVerification().create();
            LoginClient client = realm.signIn(user);
            assertThat(client.page().document().select("[name=setUp]").eachAttr("value"))
                    .as("the strong one first")
                    .containsExactly("otp", "email-code");
            client.page().assertHas("#recommended-otp");
            assertThat(client.page().text("#help-email-code")).isEqualTo(Messages.of("loginVerificationEmail"));
            client.submit("#login-verification-form", Map.of("setUp", "email-code"));
            client.submit("#email-code-send-form", Map.of("send", "true"));
            client.submit(CODE_FIELD, Map.of("emailCode", code(mails, user, 1)));
            assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
            client.saveCodes();
            client.assertSignedIn();
            assertThat(user.admin().backupCodes().path("rank").asText()).isEqualTo("weak");
        }
    }

    private static TestRealm realm(MailServer mails, Map<String, String> settings) {
        TestRealm realm = LoginVerificationClient.ready(
                TestRealm.builder().with("smtpServer", mails.smtp()).create());
        realm.admin().registerRequiredAction(SET_UP);
        realm.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, FORM, "ALTERNATIVE");
        settings(realm, settings);
        return realm;
    }

    private static void settings(TestRealm realm, Map<String, String> settings) {
        realm.admin().configureRequiredAction(BackupCodesNames.VERIFICATION, settings);
    }

    private static TestUser.Builder emailUser(TestRealm realm, String name) {
        return realm.user(name)
                .credential(Map.of(
                        "type", "email-code",
                        "credentialData", "{\"version\":1,\"accepted\":[]}",
                        "secretData", "{\"version\":1,\"destination\":\"" + name + "@example.org\"}"));
    }

    private static LoginClient signInByEmail(
            TestRealm realm, MailServer mails, TestUser user, @org.jspecify.annotations.Nullable String action) {
        int before = codes(mails, user).size();
        LoginClient client = realm.newBrowser();
        Map<String, String> parameters = new LinkedHashMap<>();
        if (action != null) {
            parameters.put("kc_action", action);
        }
        client.open(parameters);
        client.password(user);
        if (!client.page().has(CODE_FIELD)) {
            client.choose(realm.admin().execution(TestRealm.FLOW, FORM));
        }
        client.submit(CODE_FIELD, Map.of("emailCode", code(mails, user, before + 1)));
        return client;
    }

    private static String code(MailServer mails, TestUser user, int number) {
        Awaitility.await("code for " + user.username())
                .atMost(Duration.ofSeconds(20))
                .until(() -> codes(mails, user).size() >= number);
        return codes(mails, user).get(number - 1);
    }

    private static List<String> codes(MailServer mails, TestUser user) {
        return mails.mails().stream()
                .filter(mail -> mail.to().equals(user.username() + "@example.org"))
                .map(mail -> CODE.matcher(mail.text()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }
}
