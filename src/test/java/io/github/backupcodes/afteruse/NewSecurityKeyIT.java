package io.github.backupcodes.afteruse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.BackupCodePage;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.CodeSetupPromptPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.SecurityKeyPage;
import io.github.backupcodes.pages.SelectAuthenticatorPage;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.SecurityKey;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A security key instead of a lost second factor, set up after the use of a code, where the flow accepts keys. */
@WithBrowser
class NewSecurityKeyIT {

    private static final TestCodeSet CODES = TestCodeSet.of(6);

    @Test
    void aKeyCanBeSetUpOrNot(Person person) {
        try (TestRealm realm = TestRealm.create()) {
            realm.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, "webauthn-authenticator", "ALTERNATIVE");
            Map<String, Object> unnamed = new HashMap<>(Totp.random().credential());
            unnamed.remove("userLabel");
            unnamed.put("createdDate", 1_767_268_800_000L); // 1 January 2026, noon
            Map<String, Object> strange = new HashMap<>(Totp.random().credential());
            strange.put("userLabel", "<b>{0}</b> it's &");
            TestUser user = realm.user("key-owner")
                    .credential(unnamed)
                    .credential(strange)
                    .codes(CODES)
                    .create();
            SecurityKey.plugIn(person);
            person.open(SecurityKey.address(realm.signInUrl()));
            LoginPage.on(person).signIn(user);
            OtpPage.on(person).tryAnotherWay();
            SelectAuthenticatorPage.on(person).choose("Backup code");
            BackupCodePage.on(person).enter(CODES.code(3));

            AfterUsePage page = AfterUsePage.on(person);
            assertThat(page.removable())
                    .containsExactlyInAnyOrder(
                            Messages.of("backupCodeUsedRemoveAppOf", "January 1, 2026"),
                            Messages.of("backupCodeUsedRemoveApp", "<b>{0}</b> it's &"));
            assertThat(page.choices()).contains(Messages.of("backupCodeUsedNewKey"));
            page.setUpKey();
            person.page().click("[name=cancel-aia]");
            AfterUsePage.on(person).setUpKey();
            SecurityKeyPage.setUp(person);
            assertThat(AfterUsePage.on(person).done()).isEqualTo(Messages.of("backupCodeUsedSetUpKey"));
            assertThat(AfterUsePage.on(person).choices()).doesNotContain(Messages.of("backupCodeUsedNewKey"));
            AfterUsePage.on(person).goOn();
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
            assertThat(user.admin().credentials("webauthn")).hasSize(1);
            assertThat(user.admin().credentials("otp")).hasSize(2);
        }
    }

    @Test
    void whoSetsUpAKeyIsAskedForCodesAtOnce(Person person) {
        try (TestRealm realm = TestRealm.builder().asking().create()) {
            realm.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, "webauthn-authenticator", "ALTERNATIVE");
            TestUser user = realm.user("first-key").create();
            SecurityKey.plugIn(person);
            person.open(SecurityKey.address(realm.actionUrl("webauthn-register")));
            LoginPage.on(person).signIn(user);
            SecurityKeyPage.setUp(person);
            assertThat(CodeSetupPromptPage.on(person).reason()).isEqualTo(Messages.of("backupCodesAskNone"));
            CodeSetupPromptPage.on(person).makeCodes();
            BackupCodesPage.on(person).save();
            assertThat(TestApplicationPage.on(person).actionStatus()).isEqualTo("success");
            assertThat(user.admin().credentials("webauthn")).hasSize(1);

            // a key that a weaker session has added takes nothing from this one
            String data = user.admin()
                    .credentials("webauthn")
                    .get(0)
                    .path("credentialData")
                    .asText();
            String other = data.replaceFirst("\"credentialId\":\"[^\"]*\"", "\"credentialId\":\"b3RoZXI=\"");
            assertThat(other).isNotEqualTo(data);
            user.admin()
                    .update(Map.of(
                            "credentials",
                            List.of(
                                    Map.of(
                                            "id",
                                            "added",
                                            "type",
                                            "webauthn",
                                            "userLabel",
                                            "added",
                                            "credentialData",
                                            other,
                                            "secretData",
                                            "{}"),
                                    Map.of(
                                            "type",
                                            "backup-codes-new-factors",
                                            "credentialData",
                                            "{\"version\":1,\"factors\":[{\"id\":\"added\",\"rank\":\"weak\",\"until\":\"%s\"}]}"
                                                    .formatted(Instant.now().plusSeconds(3600)),
                                            "secretData",
                                            "{}"))));
            assertThat(user.admin().credentials("webauthn")).hasSize(2);
            user.admin().logout();
            person.open(SecurityKey.address(realm.actionUrl(BackupCodesNames.ACTION)));
            LoginPage.on(person).signIn(user);
            SecurityKeyPage.on(person).signIn();
            BackupCodesPage.on(person).save();
            assertThat(TestApplicationPage.on(person).actionStatus()).isEqualTo("success");
        }
    }
}
