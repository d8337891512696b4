package io.github.backupcodes.flows;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What it takes from the password to being signed in with a code, here and with Keycloak's recovery codes. */
class RequestsIT {

    private static final String RECOVERY_FORM = "auth-recovery-authn-code-form";

    private final FlowMatrix matrix = new FlowMatrix("requests");

    @TestFactory
    Stream<DynamicTest> requests() {
        matrix.head("From the password on", Stream.of("forms sent", "requests, redirects included"));
        return Stream.of(
                DynamicTest.dynamicTest("recovery codes", this::recoveryCodes),
                DynamicTest.dynamicTest("backup-code-form", () -> backupCodes(false)),
                DynamicTest.dynamicTest("otp-or-backup-code-form", () -> backupCodes(true)),
                matrix.check());
    }

    private void recoveryCodes() {
        try (TestRealm realm = TestRealm.builder().withoutBackupCodes().create()) {
            RealmAdmin admin = realm.admin();
            admin.copyFlow("browser", "mine");
            admin.requireExecution("mine", admin.execution("mine", RECOVERY_FORM), "ALTERNATIVE");
            admin.bindBrowserFlow("mine");
            admin.updateRequiredAction("CONFIGURE_RECOVERY_AUTHN_CODES", Map.of("enabled", true));
            TestUser user = UserProfile.APP.make(realm, "alice");
            user.admin().require("CONFIGURE_RECOVERY_AUTHN_CODES");
            LoginClient first = realm.signInWithApp(user);
            String code = first.page()
                    .document()
                    .select("[name=generatedRecoveryAuthnCodes]")
                    .attr("value")
                    .split(",", -1)[0];
            first.submit("#kc-recovery-codes-settings-form", Map.of());
            first.assertSignedIn();

            count("Keycloak’s recovery codes", realm, user, client -> {
                client.tryAnotherWay();
                client.choose(admin.execution("mine", RECOVERY_FORM));
                client.submit("#kc-recovery-code-login-form", Map.of("recoveryCodeInput", code));
            });
        }
    }

    private void backupCodes(boolean oneField) {
        TestRealm.Builder described = TestRealm.builder();
        try (TestRealm realm = (oneField ? described.oneField() : described).create()) {
            TestUser user = UserProfile.APP_AND_CODES.make(realm, "alice");
            String name = oneField ? "One field for OTPs and codes" : "A form for codes";
            Consumer<LoginClient> first = client -> enter(client, realm, oneField, UserProfile.LIST.code(0));
            count(name, realm, user, first.andThen(LoginClient::continueSignIn));
            realm.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("enabled", false));
            count(
                    name + ", without the page after it",
                    realm,
                    user,
                    client -> enter(client, realm, oneField, UserProfile.LIST.code(1)));
        }
    }

    private static void enter(LoginClient client, TestRealm realm, boolean oneField, String code) {
        if (oneField) {
            client.otp(code);
        } else {
            client.tryAnotherWay();
            client.choose(realm.backupCodeExecution());
            client.enterBackupCode(code);
        }
    }

    private void count(String name, TestRealm realm, TestUser user, Consumer<LoginClient> enter) {
        LoginClient client = realm.newBrowser();
        client.open();
        int steps = client.steps();
        int requests = client.requests();
        client.password(user.username(), user.password());
        enter.accept(client);
        client.assertSignedIn();
        matrix.row(List.of(name, String.valueOf(client.steps() - steps), String.valueOf(client.requests() - requests)));
    }
}
