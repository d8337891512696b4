package io.github.backupcodes.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.FlowBuilder;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup code lets a person in, and makes no device trusted. */
class TrustIT {

    /** "Remember me" does with a code what it does with an OTP: the session outlives the browser, and that is all. */
    @ParameterizedTest(name = "with a code: {0}")
    @ValueSource(booleans = {true, false})
    void whoIsRememberedIsAskedAgainInTheNextSession(boolean code) {
        try (TestRealm realm = TestRealm.builder().with("rememberMe", true).create()) {
            TestUser user = UserProfile.APP_AND_CODES.make(realm, "remembered");
            LoginClient client = realm.newBrowser();
            client.open();
            client.submit(
                    Selectors.PASSWORD_FORM,
                    Map.of("username", user.username(), "password", user.password(), "rememberMe", "on"));
            if (code) {
                client.choose(realm.backupCodeExecution());
                client.backupCode(UserProfile.LIST.code(0));
            } else {
                client.otp(user.totp().now());
            }
            client.assertSignedIn();
            Event.assertOnly(realm.admin().events("LOGIN"), Map.of("remember_me", "true"));
            client.open();
            client.assertSignedIn("the same session");

            user.admin().logout();
            client.open();
            client.password(user.username(), user.password());
            client.assertHas(Selectors.OTP_FORM);
        }
    }

    /**
     * Extensions that trust a device put a step behind the second factor that registers it. Keycloak's condition on the
     * credential keeps that step from users who came in with a code; here a step that refuses stands for it.
     */
    @Test
    void aStepForTrustedDevicesCanTellACodeFromAnOtp() throws IOException {
        String types = documentedTypes();
        try (TestRealm realm = TestRealm.create()) {
            FlowBuilder.in(realm.admin(), "trusting")
                    .flow("forms", "ALTERNATIVE", forms -> forms.execution("auth-username-password-form", "REQUIRED")
                            .flow(
                                    "second",
                                    "CONDITIONAL",
                                    second -> second.secondFactors("auth-otp-form", BackupCodesNames.AUTHENTICATOR))
                            .flow("trust", "CONDITIONAL", trust -> trust.configured(
                                            "conditional-credential", Map.of("credentials", types, "included", "false"))
                                    .execution("deny-access-authenticator", "REQUIRED")));
            realm.admin().bindBrowserFlow("trusting");
            TestUser user = UserProfile.APP_AND_CODES.make(realm, "traveller");

            LoginClient withOtp = realm.signInWithApp(user);
            withOtp.page().assertHas("#kc-error-message", "the step is there");

            LoginClient withCode = realm.signIn(user);
            withCode.choose(realm.admin().execution("trusting", BackupCodesNames.AUTHENTICATOR));
            withCode.backupCode(UserProfile.LIST.code(0));
            withCode.assertSignedIn();

            TestRecoveryCodes recoveryCodes = TestRecoveryCodes.now();
            TestUser keeper = realm.user("keeper")
                    .otp()
                    .credential(recoveryCodes.credential())
                    .create();
            LoginClient withRecoveryCode = realm.signIn(keeper);
            withRecoveryCode.choose(realm.admin().execution("trusting", BackupCodesNames.AUTHENTICATOR));
            withRecoveryCode.backupCode(recoveryCodes.code(3));
            withRecoveryCode.assertSignedIn();
        }
    }

    /** The setting of the condition, as administrators read it. */
    private static String documentedTypes() throws IOException {
        String all = Files.readString(BuildFiles.project().resolve("docs/flows.md"));
        Matcher setting = Pattern.compile("(?s)\\*Credentials\\* (.*?), \\*Included\\* off")
                .matcher(all);
        assertThat(setting.find()).isTrue();
        return Pattern.compile("`([^`]+)`")
                .matcher(setting.group(1))
                .results()
                .map(type -> type.group(1))
                .collect(Collectors.joining("##"));
    }
}
