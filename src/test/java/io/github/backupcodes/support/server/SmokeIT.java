package io.github.backupcodes.support.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.BackupCodePage;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.SelectAuthenticatorPage;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shortest way through the main job, in a browser and over plain HTTP. */
@WithBrowser
class SmokeIT {

    @Test
    void codesMadeInABrowserOpenTheDoor(Person first, Person second) {
        try (TestRealm realm = TestRealm.create()) {
            TestUser alice = realm.user("alice")
                    .otp()
                    .requiredAction(BackupCodesNames.ACTION)
                    .create();

            LoginPage.open(first, realm).signIn(alice);
            OtpPage.on(first).enter(alice.totp());
            List<String> codes = BackupCodesPage.on(first).save();
            assertThat(TestApplicationPage.on(first).isSignedIn()).isTrue();
            assertThat(alice.admin().credentials(BackupCodesNames.CREDENTIAL)).hasSize(1);

            LoginPage.open(second, realm).signIn(alice);
            OtpPage.on(second).tryAnotherWay();
            SelectAuthenticatorPage.on(second).choose("Backup code");
            BackupCodePage.on(second).enter(codes.get(2));
            AfterUsePage.on(second).goOn();
            assertThat(TestApplicationPage.on(second).isSignedIn()).isTrue();
        }
    }

    @Test
    void codesMadeOverHttpOpenTheDoor() {
        try (TestRealm realm = TestRealm.create()) {
            TestUser bob = realm.user("bob")
                    .otp()
                    .requiredAction(BackupCodesNames.ACTION)
                    .create();

            LoginClient first = realm.session(LoginClient.connections());
            first.signIn(bob);
            first.otp(bob.totp().now());
            List<String> codes = first.page().backupCodes();
            first.saveCodes();
            assertThat(first.isSignedIn()).as("%s", first.page()).isTrue();

            LoginClient second = realm.session(LoginClient.connections());
            second.signIn(bob);
            assertThat(second.page().has("#kc-otp-login-form")).isTrue();
            second.choose(realm.backupCodeExecution());
            second.backupCode(codes.get(0));
            assertThat(second.tokens().path("access_token").asText()).isNotEmpty();

            LoginClient third = realm.session(LoginClient.connections());
            third.signIn(bob);
            third.otp(bob.totp().now());
            assertThat(third.isSignedIn()).as("the same code of the app again").isTrue();
            assertThat(realm.admin().events("LOGIN")).hasSize(3);
        }
    }
}
