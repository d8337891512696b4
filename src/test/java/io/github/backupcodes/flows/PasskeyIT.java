package io.github.backupcodes.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.SecurityKeyPage;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.SecurityKey;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.TestApplication;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import org.junit.jupiter.api.Test;

/** A user who signs in with a passkey has used two factors at once: no code is asked for, nor any other second factor. */
@WithBrowser
class PasskeyIT {

    private static final String PASSKEY_BUTTON = "#authenticateWebAuthnButton";

    @Test
    void aPasskeyIsEnough(Person person) {
        try (TestRealm realm = TestRealm.builder()
                .with("webAuthnPolicyPasswordlessPasskeysEnabled", true)
                .with("webAuthnPolicyPasswordlessRequireResidentKey", "Yes")
                .with("webAuthnPolicyPasswordlessUserVerificationRequirement", "required")
                .create()) {
            TestUser user = UserProfile.APP_AND_CODES.make(realm, "passkey-owner");
            SecurityKey.keepPasskeys(person);
            person.open(SecurityKey.address(realm.actionUrl("webauthn-register-passwordless")));
            LoginPage.on(person).signIn(user);
            OtpPage.on(person).enter(user.totp().now());
            SecurityKeyPage.setUp(person);
            assertThat(TestApplicationPage.on(person).actionStatus()).isEqualTo("success");
            assertThat(user.admin().credentials("webauthn-passwordless")).hasSize(1);

            person.forgetSessions();
            person.open(SecurityKey.address(realm.signInUrl()));
            signInWithPasskey(person);
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
            assertThat(user.admin().usedBackupCodes()).isZero();

            // it is all that new codes ask for, then and in the session
            user.admin().require(BackupCodesNames.ACTION);
            person.forgetSessions();
            person.open(SecurityKey.address(realm.signInUrl()));
            signInWithPasskey(person);
            BackupCodesPage.on(person).save();
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
            person.open(SecurityKey.address(realm.actionUrl(BackupCodesNames.ACTION)));
            assertThat(BackupCodesPage.on(person).codes()).hasSize(10);
        }
    }

    /** The browser may offer the passkey by itself; if it does not, there is a button. */
    private static void signInWithPasskey(Person person) {
        String app = TestApplication.shared().redirectUri().toString();
        person.page().waitForCondition(() -> {
            boolean there = person.page().url().startsWith(app)
                    || person.page().locator("#backup-codes").count() > 0;
            if (!there) {
                press(person.page());
            }
            return there;
        });
    }

    /** Without waiting: the browser may be about to sign in by itself, and the button to go, or the page in the middle of that. */
    private static void press(Page page) {
        try {
            page.evalOnSelectorAll(PASSKEY_BUTTON, "buttons => buttons.forEach(button => button.click())");
        } catch (PlaywrightException onItsWay) {
            // what is there next is looked at again, until the application is; anything else ends in the limit of the
            // wait
        }
    }
}
