package io.github.backupcodes.loginstrength;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.FlowBuilder;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads someone's mail gets no codes by it: not for an account that has a second factor. */
@ParameterizedClass(name = "passkeys: {0}")
@ValueSource(booleans = {false, true})
class ActionTokenLoginIT {

    private static final Map<Boolean, TestRealm> REALMS = new ConcurrentHashMap<>();

    @AutoClose
    private static final MailServer mail = MailServer.start();

    private final TestRealm realm;

    ActionTokenLoginIT(boolean passkeys) {
        realm = REALMS.computeIfAbsent(passkeys, ActionTokenLoginIT::makeRealm);
    }

    private static TestRealm makeRealm(boolean passkeys) {
        return TestRealm.builder()
                .with("resetPasswordAllowed", true)
                .with("smtpServer", mail.smtp())
                .passkeys(passkeys)
                .create();
    }

    @AfterAll
    static void close() {
        REALMS.values().forEach(TestRealm::close);
    }

    /** Keycloak's flow for a new password signs in users who came by the link, without a second factor. */
    @Test
    void a_new_password_brings_no_codes_until_the_second_factor_was_used() {
        RealmAdmin admin = realm.admin();
        admin.copyFlow("reset credentials", "mine");
        admin.executions("mine").stream()
                .filter(info -> info.path("displayName").asText().equals("mine Reset - Conditional OTP"))
                .forEach(info -> admin.requireExecution("mine", info.path("id").asText(), "DISABLED"));
        admin.update(Map.of("resetCredentialsFlow", "mine"));
        TestUser user = realm.user("forgetful").otp().create();
        user.admin().require(BackupCodesNames.ACTION);

        LoginClient client = realm.newBrowser();
        client.open();
        client.get(URI.create(
                client.page().document().select("a[href*=reset-credentials]").attr("abs:href")));
        client.submit("#kc-reset-password-form", Map.of("username", user.username()));
        client.get(mail.newestLink("forgetful@example.org"));
        client.newPassword(user.password());
        assertThat(client.page().backupCodes()).isEmpty();
        client.assertSignedIn();
        assertThat(user.admin().requiredActions()).containsExactly(BackupCodesNames.ACTION);

        client.open(Map.of("kc_action", BackupCodesNames.ACTION));
        assertThat(client.page().backupCodes())
                .as("in the session that it began")
                .isEmpty();

        client.open(Map.of("prompt", "login"));
        client.submit(Selectors.PASSWORD_FORM, Map.of("password", user.password()));
        client.otp(user.totp().now());
        assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
        client.saveCodes();
        client.open(Map.of("kc_action", BackupCodesNames.ACTION));
        assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
    }

    /** Keycloak's own flow has a new app set up after the new password: that shows nothing of the old one. */
    @Test
    void an_app_that_was_set_up_by_the_link_brings_no_codes_nor_does_a_name_typed_before() {
        RealmAdmin admin = realm.admin();
        FlowBuilder.in(admin, "name first")
                .execution("auth-username-form", "REQUIRED")
                .execution("auth-password-form", "REQUIRED")
                .flow(
                        "second factor",
                        "CONDITIONAL",
                        second -> second.secondFactors("auth-otp-form", BackupCodesNames.AUTHENTICATOR));
        admin.bindBrowserFlow(TestRealm.CLIENT, "name first");
        admin.update(Map.of("resetCredentialsFlow", "reset credentials"));
        try {
            TestUser user = realm.user("resetting").otp().create();
            user.admin().require(BackupCodesNames.ACTION);

            LoginClient client = realm.newBrowser();
            client.open();
            client.submit(Selectors.PASSWORD_FORM, Map.of("username", user.username()));
            client.get(URI.create(client.page()
                    .document()
                    .select("a[href*=reset-credentials]")
                    .attr("abs:href")));
            client.submit("#kc-reset-password-form", Map.of("username", user.username()));
            client.get(mail.newestLink("resetting@example.org"));
            client.setUpApp("another");
            client.newPassword(user.password());
            assertThat(client.page().backupCodes()).as("%s", client.page()).isEmpty();
            client.assertSignedIn();
            client.open(Map.of("kc_action", BackupCodesNames.ACTION));
            assertThat(client.page().backupCodes()).as("%s", client.page()).isEmpty();
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        } finally {
            admin.bindBrowserFlow(TestRealm.CLIENT, TestRealm.FLOW);
        }
    }

    /** A mail of the administrator asks for actions, without any sign-in. */
    @Test
    void a_mail_of_the_administrator_brings_no_codes() {
        TestUser newcomer = realm.user("newcomer").create();
        assertThat(byMail(newcomer).page().backupCodes()).isEmpty();
        assertThat(newcomer.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        TestUser user = realm.user("secured").otp().create();
        LoginClient client = byMail(user);
        assertThat(client.page().backupCodes()).isEmpty();
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
    }

    private LoginClient byMail(TestUser user) {
        realm.admin().put("/users/" + user.id() + "/execute-actions-email", List.of(BackupCodesNames.ACTION));
        LoginClient client = realm.newBrowser();
        client.get(mail.newestLink(user.username() + "@example.org"));
        client.get(URI.create(
                client.page().document().select("a[href*=action-token]").attr("abs:href")));
        return client;
    }
}
