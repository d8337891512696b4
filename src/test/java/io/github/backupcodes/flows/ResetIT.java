package io.github.backupcodes.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** A forgotten password: the link in the mail alone is not enough for users with a second factor (keycloak issue 39447). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResetIT {

    private static final String FLOW = "reset credentials with backup codes";

    private final MailServer mail = MailServer.start();
    private final SmsGateway gateway = SmsGateway.start();
    private final TestRealm usual = realm();
    private final TestRealm strict = realm();

    @BeforeAll
    void setUp() {
        RealmAdmin admin = usual.admin();
        JsonNode done = admin.postForAnswer(
                "/backup-codes/setup", Map.of("resetFlow", true, "emailCode", true, "smsCode", true));
        assertThat(done.path("changes"))
                .extracting(JsonNode::asText)
                .contains(
                        "flow \"reset credentials\" copied to \"" + FLOW + "\"",
                        "sub-flow \"" + FLOW
                                + " - Second factor\" with auth-otp-form, sms-code-form, backup-code-form, backup-code-lost"
                                + " added after reset-credential-email as CONDITIONAL",
                        "sub-flow \"" + FLOW + " Reset - Conditional OTP\" disabled",
                        "flow \"" + FLOW + "\" bound as the reset credentials flow");
        strict.admin().copyFlow("browser", "keys");
        strict.admin()
                .requireExecution("keys", strict.admin().execution("keys", "webauthn-authenticator"), "ALTERNATIVE");
        strict.admin().bindBrowserFlow("keys");
        strict.admin()
                .postForAnswer(
                        "/backup-codes/setup",
                        Map.of("resetWithSecondFactorOnly", true, "emailCode", true, "smsCode", true));
        for (TestRealm realm : List.of(usual, strict)) {
            realm.admin().configureRequiredAction(SmsCodeRealm.ACTION, gateway.settings());
        }
    }

    @AfterAll
    void close() {
        usual.close();
        strict.close();
        mail.close();
        gateway.close();
    }

    @TestFactory
    Stream<DynamicTest> reset() {
        return new FlowMatrix("reset")
                .tests(
                        FlowMatrix.People.of(usual),
                        List.of(
                                FlowScenario.in("Reset of the password, by setup", user -> sameBrowser(usual, user)),
                                FlowScenario.in("… link opened in another browser", user -> otherBrowser(usual, user))
                                        .endingWith(ResetIT::isUpdated)));
    }

    @TestFactory
    Stream<DynamicTest> resetWithSecondFactorOnly() {
        return new FlowMatrix("reset-strict")
                .tests(
                        FlowMatrix.People.of(strict),
                        List.of(FlowScenario.in(
                                "… with second factor only, security keys on", user -> sameBrowser(strict, user))));
    }

    @Test
    void nothingIsSetBeforeTheSecondFactor() {
        TestUser user = UserProfile.APP_AND_CODES.make(usual, "hasty");
        LoginClient client = sameBrowser(usual, user);
        client.assertHas(Selectors.OTP_FORM);
        String address = client.page().url().toString();
        String query = client.action(Selectors.OTP_FORM).getRawQuery();
        for (String action : List.of("UPDATE_PASSWORD", "CONFIGURE_TOTP", BackupCodesNames.ACTION)) {
            HttpPage page = client.get(URI.create(usual.url() + "/login-actions/required-action?"
                    + query.replaceAll("execution=[^&]*", "execution=" + action)));
            assertThat(page.has(Selectors.NEW_PASSWORD_FORM)
                            || page.has(Selectors.APP_SETUP_FORM)
                            || client.isSignedIn())
                    .as("%s from %s", action, address)
                    .isFalse();
        }
        assertThat(user.admin().credentials("otp")).hasSize(1);
        LoginClient withOldPassword = usual.signIn(user);
        withOldPassword.page().assertHas(Selectors.OTP_FORM);
    }

    @Test
    void theOtpStaysAndThePasswordIsNew() {
        TestUser user = UserProfile.APP_AND_CODES.make(usual, "forgetful");
        String app = user.admin().credentialId("otp");
        LoginClient client = sameBrowser(usual, user);
        client.choose(codeForm(usual));
        client.enterBackupCode(UserProfile.LIST.code(2));
        client.assertHas(Selectors.NEW_PASSWORD_FORM);
        client.newPassword("brand new");
        client.continueSignIn();
        client.assertSignedIn();
        assertThat(user.admin().credentials("otp"))
                .singleElement()
                .satisfies(otp -> assertThat(otp.path("id").asText()).isEqualTo(app));

        LoginClient next = usual.newBrowser();
        next.signIn(user.username(), "brand new");
        next.otp(user.totp().now());
        next.assertSignedIn();
    }

    @Test
    void theOtpIsAsGoodAndAWrongCodeCounts() {
        TestUser user = UserProfile.APP_AND_CODES.make(usual, "careful");
        LoginClient client = sameBrowser(usual, user);
        client.choose(codeForm(usual));
        client.enterBackupCode(TestCodeSet.wrong()).assertError("backupCodeErrorWrong");
        assertThat(user.admin().backupCodes().path("guesses").path("inARow").asInt())
                .isEqualTo(1);
        client.choose(usual.admin().execution(FLOW, "auth-otp-form"));
        client.otp(user.totp().now());
        client.assertHas(Selectors.NEW_PASSWORD_FORM);
    }

    @Test
    void whoHasLostEverythingIsToldWhoHelpsAndTheHelpDesksCodeOpens() {
        usual.admin()
                .configureExecution(
                        usual.admin().execution(FLOW, "backup-code-lost"),
                        Map.of("contact", "help desk, <b>ext. 42</b>"));
        TestUser user = UserProfile.APP.make(usual, "unlucky");
        LoginClient client = sameBrowser(usual, user);
        client.tryAnotherWay();
        client.choose(usual.admin().execution(FLOW, "backup-code-lost"));
        assertThat(client.page().text("#backup-code-lost"))
                .isEqualTo(Messages.of("backupCodeLostText") + " " + Messages.of("backupCodesHelpContact")
                        + " help desk, <b>ext. 42</b>");
        usual.admin().configureExecution(usual.admin().execution(FLOW, "backup-code-lost"), Map.of("contact", " "));
        usual.admin().configureCodes(Map.of("help-contact", "https://help.example.org/"));
        client.choose(usual.admin().execution(FLOW, "backup-code-lost"));
        assertThat(client.page().document().select("#backup-code-lost a").attr("href"))
                .as("the contact of the realm")
                .isEqualTo("https://help.example.org/");
        client.page().assertHas(Selectors.ANOTHER_WAY_FORM, "the way back");
        // whatever is sent to the page, it stays
        client.choose(usual.admin().execution(FLOW, "backup-code-lost"));
        client.page().assertHas("#backup-code-lost");

        TestCodeSet ofHelpDesk = TestCodeSet.of(1);
        user.admin().update(Map.of("credentials", List.of(ofHelpDesk.credential())));
        LoginClient again = sameBrowser(usual, user);
        again.choose(codeForm(usual));
        again.enterBackupCode(ofHelpDesk.code(0));
        again.assertHas(Selectors.NEW_PASSWORD_FORM);
    }

    @Test
    void theUsualFlowBecomesStrictByASecondCall() {
        try (TestRealm realm = realm()) {
            RealmAdmin admin = realm.admin();
            admin.postForAnswer("/backup-codes/setup", Map.of("resetFlow", true));
            JsonNode done = admin.postForAnswer("/backup-codes/setup", Map.of("resetWithSecondFactorOnly", true));
            assertThat(done.path("changes"))
                    .extracting(JsonNode::asText)
                    .containsExactly("sub-flow \"" + FLOW + " - Second factor\" set to REQUIRED");
            TestUser user = UserProfile.CODES.make(realm, "code-of-help-desk");
            LoginClient client = sameBrowser(realm, user);
            client.enterBackupCode(UserProfile.LIST.code(0));
            client.assertHas(Selectors.NEW_PASSWORD_FORM);
        }
    }

    /** Each way in with a password or a mailbox, in the default flows and that of a client of its own. */
    @Test
    void smsCodeAloneChangesEveryFlowThatWouldLetTheseUsersIn() {
        try (TestRealm realm = realm();
                TestRealm upstream = TestRealm.builder().withoutBackupCodes().create()) {
            RealmAdmin admin = realm.admin();
            admin.copyFlow("browser", "of a client");
            realm.admin().bindBrowserFlow(TestRealm.CLIENT, "of a client");
            JsonNode done = admin.postForAnswer("/backup-codes/setup", Map.of("smsCode", true));
            admin.configureRequiredAction(SmsCodeRealm.ACTION, gateway.settings());
            assertThat(done.path("byHand").toString()).doesNotContain("does not ask for");
            BrokeredSignIn broker = new BrokeredSignIn(realm, upstream);
            broker.provider("upstream", Map.of());

            for (UserProfile profile : List.of(UserProfile.SMS, UserProfile.SMS_AND_CODES)) {
                String name = profile.name().toLowerCase(Locale.ROOT) + "-";
                List<FlowScenario> ways = List.of(
                        FlowScenario.in("of a client", user -> realm.signIn(user)),
                        FlowScenario.in("reset", user -> {
                            admin.update(Map.of("smtpServer", mail.smtp()));
                            return sameBrowser(realm, user);
                        }),
                        FlowScenario.in("broker", user -> {
                            // with a mail server, Keycloak lets the mailbox link the account
                            admin.update(Map.of("smtpServer", Map.of()));
                            return broker.first("upstream", user);
                        }));
                for (FlowScenario way : ways) {
                    TestUser user = profile.make(realm, name + way.name().replace(' ', '-'));
                    assertThat(FlowRun.start(way, user).outcome(UserProfile.LIST.code(0)))
                            .as(way.name())
                            .startsWith("SMS code");
                }
                TestUser user = profile.make(realm, name + "grant");
                assertThat(realm.directGrant(user, Map.of()).body()).contains("invalid_grant");
            }
            admin.bindBrowserFlow(TestRealm.CLIENT, "browser with backup codes");
            TestUser user = UserProfile.SMS.make(realm, "browser");
            realm.signIn(user).assertHas("[name=smsCode]");
        }
    }

    private TestRealm realm() {
        return TestRealm.builder()
                .withoutBackupCodes()
                .with("resetPasswordAllowed", true)
                .with("smtpServer", mail.smtp())
                .create();
    }

    private static String codeForm(TestRealm realm) {
        return realm.admin().execution(FLOW, BackupCodesNames.AUTHENTICATOR);
    }

    /** Asks for the mail and follows its link. */
    private LoginClient sameBrowser(TestRealm realm, TestUser user) {
        LoginClient client = asking(realm, user);
        client.get(mail.newestLink(user.username() + "@example.org"));
        return client;
    }

    private LoginClient otherBrowser(TestRealm realm, TestUser user) {
        asking(realm, user);
        LoginClient other = realm.newBrowser();
        other.get(mail.newestLink(user.username() + "@example.org"));
        return other;
    }

    private LoginClient asking(TestRealm realm, TestUser user) {
        LoginClient client = realm.newBrowser();
        client.open();
        client.get(URI.create(
                client.page().document().select("a[href*=reset-credentials]").attr("abs:href")));
        client.submit("#kc-reset-password-form", Map.of("username", user.username()));
        return client;
    }

    /** In a browser that did not ask for the mail the flow ends with a page that says so. */
    private static boolean isUpdated(LoginClient client) {
        return client.page().has("#kc-info-message") && !client.page().has("form[action*=login-actions]");
    }
}
