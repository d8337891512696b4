package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.BackupCodePage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.OtpSetupPage;
import io.github.backupcodes.pages.SecurityKeyPage;
import io.github.backupcodes.pages.SelectAuthenticatorPage;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.SecurityKey;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real second factor is asked for first, whichever was set up first, and codes are offered to who has them. */
@WithBrowser
class PromptOrderIT {

    private static final String SET_UP_OTP = "CONFIGURE_TOTP";
    private static final String SET_UP_KEY = "webauthn-register";

    @AutoClose
    private static final TestRealm realm =
            TestRealm.builder().codesForEverybody().create();

    @BeforeAll
    static void prepareRealm() {
        realm.admin().registerRequiredAction(SET_UP_KEY);
        realm.admin()
                .requireExecution(
                        TestRealm.FLOW,
                        realm.admin().execution(TestRealm.FLOW, "webauthn-authenticator"),
                        "ALTERNATIVE");
    }

    @Test
    void withoutCodesThereIsNoOtherWayThanTheOtp(Person person) {
        TestUser user = realm.user("otp-alone").otp().create();
        LoginPage.open(person, realm).signIn(user);
        OtpPage page = OtpPage.on(person);
        assertThat(page.offersAnotherWay()).isFalse();
        page.enter(user.totp());
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    @Test
    void theExecutionCannotBeForcedWithoutCodes() {
        TestUser user = realm.user("forcing").otp().create();
        LoginClient session = realm.openCodePage(user);
        session.page().assertHasNo("[name=" + BackupCodesNames.FIELD + "]");
        session.assertNotSignedIn();
    }

    @Test
    void codesOlderThanTheOtpAreAskedForAfterIt(Person person) {
        TestUser user = realm.user("codes-first").create();
        List<String> codes = realm.generateCodes(user);
        user.admin().require(SET_UP_OTP);
        LoginPage.open(person, realm).signIn(user);
        Totp app = OtpSetupPage.on(person).setUp();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        asksForTheOtpFirst(person, user, app);
        acceptsAsOtherWay(person, user, codes.get(0));
    }

    @Test
    void anOtpReplacedByTheUserIsAskedForFirst(Person person) {
        TestUser user = realm.user("replaced-by-user").otp().create();
        List<String> codes = realm.generateCodes(user);
        person.open(realm.actionUrl(SET_UP_OTP));
        LoginPage.on(person).signIn(user);
        OtpPage.on(person).enter(user.totp());
        Totp app = OtpSetupPage.on(person).setUp("new phone");
        assertThat(TestApplicationPage.on(person).actionStatus()).isEqualTo("success");
        user.admin().deleteCredential(user.admin().credentialId("otp"));

        asksForTheOtpFirst(person, user, app);
        acceptsAsOtherWay(person, user, codes.get(0));
    }

    @Test
    void anOtpReplacedByAnAdministratorIsAskedForFirst(Person person) {
        TestUser user = realm.user("replaced-by-admin").otp().create();
        List<String> codes = realm.generateCodes(user);
        user.admin().deleteCredentials("otp");
        user.admin().require(SET_UP_OTP);
        LoginPage.open(person, realm).signIn(user);
        Totp app = OtpSetupPage.on(person).setUp();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        asksForTheOtpFirst(person, user, app);
        acceptsAsOtherWay(person, user, codes.get(9));
    }

    @Test
    void aSecurityKeyIsAskedForFirst(Person person) {
        TestUser user = realm.user("security-key").create();
        realm.generateCodes(user);
        SecurityKey.plugIn(person);
        user.admin().require(SET_UP_KEY);
        signInAtLocalhost(person, user);
        SecurityKeyPage.setUp(person);
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        signInAtLocalhost(person, user);
        SecurityKeyPage.on(person).signIn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        signInAtLocalhost(person, user);
        SecurityKeyPage.on(person).tryAnotherWay();
        assertThat(SelectAuthenticatorPage.on(person).ways()).hasSize(2).last().isEqualTo("Backup code");
    }

    @Test
    void aSecurityKeyAndAnOtpWithoutCodesAreTheOnlyWays(Person person) {
        TestUser user = realm.user("key-and-otp").otp().create();
        SecurityKey.plugIn(person);
        user.admin().require(SET_UP_KEY);
        signInAtLocalhost(person, user);
        OtpPage.on(person).enter(user.totp());
        SecurityKeyPage.setUp(person);
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

        signInAtLocalhost(person, user);
        OtpPage.on(person).tryAnotherWay();
        assertThat(SelectAuthenticatorPage.on(person).ways()).hasSize(2).doesNotContain("Backup code");

        realm.generateCodes(user);
        signInAtLocalhost(person, user);
        OtpPage.on(person).tryAnotherWay();
        assertThat(SelectAuthenticatorPage.on(person).ways()).hasSize(3).last().isEqualTo("Backup code");
    }

    @Test
    void codesAloneAreNotAskedFor(Person person) {
        TestUser user = realm.user("codes-alone").create();
        realm.generateCodes(user);
        LoginPage.open(person, realm).signIn(user);
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    @Test
    void codesAloneAreAskedForWhereTheExecutionSaysSo(Person person) {
        try (TestRealm strict = TestRealm.create()) {
            strict.admin()
                    .configureExecution(strict.backupCodeExecution(), Map.of("ask-without-second-factor", "true"));
            TestUser alone = strict.user("codes-alone").create();
            TestUser withoutCodes = strict.user("without-codes").create();
            TestUser withOtp = strict.user("with-otp").otp().create();
            List<String> codes = strict.generateCodes(alone);
            strict.generateCodes(withOtp);

            LoginPage.open(person, strict).signIn(alone);
            BackupCodePage.on(person).enter(codes.get(1));
            AfterUsePage.on(person).goOn();
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

            person.forgetSessions();
            LoginPage.open(person, strict).signIn(withoutCodes);
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

            person.forgetSessions();
            LoginPage.open(person, strict).signIn(withOtp);
            OtpPage.on(person).enter(withOtp.totp());
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
        }
    }

    @Test
    void codesBesideASecondFactorThatTheFlowDoesNotAcceptAreNotAskedFor() {
        // as in Keycloak's own flow, security keys are disabled
        try (TestRealm plain = TestRealm.create()) {
            TestUser user = plain.user("keyless").codes(TestCodeSet.of(3)).create();
            Map<String, String> key =
                    Map.of("type", "webauthn", "userLabel", "key", "secretData", "{}", "credentialData", "{}");
            user.admin().update(Map.of("credentials", List.of(key)));
            assertThat(user.admin().credentials("webauthn")).hasSize(1);

            LoginClient client = plain.signIn(user);

            client.assertSignedIn();
        }
    }

    private static void asksForTheOtpFirst(Person person, TestUser user, Totp app) {
        person.forgetSessions();
        LoginPage.open(person, realm).signIn(user);
        OtpPage.on(person).enter(app);
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    private static void acceptsAsOtherWay(Person person, TestUser user, String code) {
        person.forgetSessions();
        LoginPage.open(person, realm).signIn(user);
        OtpPage.on(person).tryAnotherWay();
        SelectAuthenticatorPage ways = SelectAuthenticatorPage.on(person);
        assertThat(ways.ways()).hasSize(2).last().isEqualTo("Backup code");
        assertThat(ways.hasIcon("Backup code")).isTrue();
        ways.choose("Backup code");
        BackupCodePage.on(person).enter(code);
        AfterUsePage.on(person).goOn();
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    private static void signInAtLocalhost(Person person, TestUser user) {
        person.forgetSessions();
        person.open(SecurityKey.address(realm.signInUrl()));
        LoginPage.on(person).signIn(user);
    }
}
