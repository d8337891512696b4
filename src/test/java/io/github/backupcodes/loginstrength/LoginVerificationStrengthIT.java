package io.github.backupcodes.loginstrength;

import static io.github.backupcodes.loginverification.LoginVerificationClient.byApplication;
import static io.github.backupcodes.loginverification.LoginVerificationClient.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.loginverification.LoginVerificationClient;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.FlowBuilder;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.StepUpFlow;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who has a second factor gets neither another one nor codes from a sign-in without it, whether or not the form for the
 * password takes passkeys as well.
 */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class LoginVerificationStrengthIT {

    private final boolean passkeys;

    LoginVerificationStrengthIT(boolean passkeys) {
        this.passkeys = passkeys;
    }

    private TestRealm realm() {
        return TestRealm.builder().passkeys(passkeys).create();
    }

    @Test
    void aFlowWithLevels() {
        try (TestRealm realm = LoginVerificationClient.ready(realm())) {
            StepUpFlow.bindIn(realm.admin());
            TestUser has = realm.user("has-it").otp().mustSetUpVerification().create();
            signIn(realm, has).isSignedIn();
            assertThat(has.admin().requiredActions()).isEmpty();
            assertThat(byApplication(realm, has).status()).isEqualTo("success");
            assertThat(has.admin().credentials()).hasSize(2);

            // users without one get both in the current sign-in: there is nothing stronger
            TestUser none = realm.user("has-none").mustSetUpVerification().create();
            LoginVerificationClient client =
                    signIn(realm, none).isAsked().chooseApp().scan();
            assertThat(client.codes()).hasSize(10);
            client.saveCodes().isSignedIn();

            // what is left to do waits for a sign-in with the new factor
            TestUser halfWay = realm.user("half-way").mustSetUpVerification().create();
            Totp app = signIn(realm, halfWay).chooseApp().scan().app();
            signIn(realm, halfWay).isSignedIn();
            assertThat(byApplication(realm, halfWay).status())
                    .as("all is not done")
                    .isEqualTo("error");
            assertThat(halfWay.admin().requiredActions()).containsExactly(BackupCodesNames.ACTION);
            LoginClient strong = realm.newBrowser();
            strong.open(Map.of("acr_values", "2"));
            strong.password(halfWay.username(), halfWay.password());
            strong.otp(app.now());
            assertThat(strong.page().backupCodes()).as("%s", strong.page()).hasSize(10);
        }
    }

    /** Codes that Keycloak's own form asks for protect as well: the password alone replaces them at no client. */
    @Test
    void recoveryCodesThatKeycloaksFormAsksFor() {
        try (TestRealm realm = realm()) {
            RealmAdmin admin = realm.admin();
            admin.requireExecution(
                    TestRealm.FLOW, admin.execution(TestRealm.FLOW, TestRecoveryCodes.AUTHENTICATOR), "ALTERNATIVE");
            TestRecoveryCodes list = TestRecoveryCodes.now();
            TestUser user =
                    realm.user("has-a-list").credential(list.credential()).create();
            FlowBuilder.in(admin, "password only").execution("auth-username-password-form", "REQUIRED");
            admin.bindBrowserFlow(TestRealm.CLIENT, "password only");
            LoginClient weak = realm.signInFor(user, BackupCodesNames.ACTION);
            assertThat(weak.page().backupCodes()).as("%s", weak.page()).isEmpty();

            // who has entered one gets no codes either, which no flow asks for alone
            admin.bindBrowserFlow(TestRealm.CLIENT, TestRealm.FLOW);
            LoginClient owner = realm.signInFor(user, BackupCodesNames.ACTION);
            owner.submit("#kc-recovery-code-login-form", Map.of("recoveryCodeInput", list.code(0)));
            owner.assertSignedIn();
            assertThat(owner.parameter("kc_action_status")).contains("error");
            assertThat(user.admin().credentials(TestRecoveryCodes.CREDENTIAL)).hasSize(1);
        }
    }

    @Test
    void aClientWhoseFlowAcceptsSomethingElse() {
        try (TestRealm realm = LoginVerificationClient.ready(realm())) {
            RealmAdmin admin = realm.admin();
            admin.copyFlow(TestRealm.FLOW, "keys");
            admin.requireExecution("keys", admin.execution("keys", "auth-otp-form"), "DISABLED");
            admin.requireExecution("keys", admin.execution("keys", "webauthn-authenticator"), "ALTERNATIVE");
            admin.bindBrowserFlow(TestRealm.CLIENT, "keys");
            TestUser has =
                    realm.user("has-an-app").otp().mustSetUpVerification().create();
            long mark = realm.server().log().mark();
            signIn(realm, has).isSignedIn();
            assertThat(has.admin().requiredActions()).containsExactly(BackupCodesNames.VERIFICATION);
            assertThat(byApplication(realm, has).status()).isEqualTo("error");
            assertThat(realm.server().log().since(mark)).contains("the flow of this client does not accept it");

            // nor codes, which would pass at other clients, by the password alone
            LoginClient weak = realm.signInFor(has, BackupCodesNames.ACTION);
            assertThat(weak.page().backupCodes()).as("%s", weak.page()).isEmpty();
            weak.open(Map.of("kc_action", BackupCodesNames.ACTION));
            assertThat(weak.page().backupCodes())
                    .as("in the session: %s", weak.page())
                    .isEmpty();

            TestUser none = realm.user("has-none").mustSetUpVerification().create();
            assertThat(signIn(realm, none).isAsked().offered()).containsExactly("webauthn");
        }
    }

    /** Codes and factors count wherever a flow accepts them: at any client, not only at this one. */
    @Test
    void aSecondFactorThatOnlyTheFlowOfAnotherClientAsksFor() {
        try (TestRealm realm = LoginVerificationClient.ready(realm())) {
            RealmAdmin admin = realm.admin();
            admin.copyFlow(TestRealm.FLOW, "keys");
            admin.requireExecution("keys", admin.execution("keys", "auth-otp-form"), "DISABLED");
            admin.requireExecution("keys", admin.execution("keys", "webauthn-authenticator"), "ALTERNATIVE");
            admin.post("/clients", Map.of("clientId", "apps", "redirectUris", List.of("http://127.0.0.1/*")));
            admin.bindBrowserFlow("apps", TestRealm.FLOW);
            admin.bindBrowserFlow("keys");
            TestUser has =
                    realm.user("has-an-app").otp().mustSetUpVerification().create();

            signIn(realm, has).isSignedIn();
            assertThat(has.admin().requiredActions()).containsExactly(BackupCodesNames.VERIFICATION);
            LoginClient weak = realm.signInFor(has, BackupCodesNames.ACTION);
            assertThat(weak.page().backupCodes()).as("%s", weak.page()).isEmpty();

            TestUser none = realm.user("has-none").mustSetUpVerification().create();
            assertThat(signIn(realm, none).isAsked().offered()).containsExactly("webauthn");
        }
    }

    /** Another session has turned it on while this one was choosing: what this one made itself is all that it may build on. */
    @Test
    void aSecondFactorThatAnotherSessionHasSetUpMeanwhile() {
        try (TestRealm realm = LoginVerificationClient.ready(realm())) {
            TestUser user = realm.user("two-sessions").mustSetUpVerification().create();
            LoginVerificationClient waiting = signIn(realm, user).chooseApp();
            LoginClient owner = realm.signIn(user);
            owner.submit("#login-verification-form", Map.of("setUp", "otp"));
            owner.assertHas(Selectors.APP_SETUP_FORM);
            owner.setUpApp("phone");
            assertThat(owner.page().backupCodes()).as("%s", owner.page()).hasSize(10);

            waiting.cancel();
            assertThat(waiting.page().backupCodes()).as("%s", waiting.page()).isEmpty();
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        }
    }
}
