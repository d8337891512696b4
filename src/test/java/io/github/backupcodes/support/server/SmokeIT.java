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
            TestUser alice = realm.user("alice").otp().mustGenerateCodes().create();

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
}
