package io.github.backupcodes.afteruse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.enrollment.server.CardCredentials;
import io.github.backupcodes.enrollment.server.CardForm;
import io.github.backupcodes.enrollment.server.CardRegistration;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A realm whose only second factor is another extension's: it takes the place of a lost one as Keycloak's own do. */
class OtherFactorIT {

    private static final String CARD_PAGE = "#card-register";
    private static final String SET_UP_CARD = "#setUp-" + CardCredentials.TYPE;
    private static final Map<String, Object> CARD =
            Map.of("type", CardCredentials.TYPE, "userLabel", "old card", "credentialData", "{}", "secretData", "{}");

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    @BeforeAll
    static void prepareRealm() {
        HelpDeskCode.prepare(realm);
        realm.admin().registerRequiredAction(CardRegistration.ID);
        realm.admin().updateRequiredAction("CONFIGURE_TOTP", Map.of("enabled", false));
        realm.admin().updateRequiredAction("webauthn-register", Map.of("enabled", false));
        realm.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, CardForm.ID, "ALTERNATIVE");
    }

    @Test
    void whoeverWasHelpedOutHasToSetItUp() {
        TestUser user = realm.user("alice").otp().create();
        String code = HelpDeskCode.issue(realm, user);
        LoginClient client = entering(user);
        client.enterBackupCode(code);
        assertThat(client.page().codeUsedButtons())
                .as("%s", client.page())
                .containsExactly(Messages.of("backupCodeUsedNewOther", CardCredentials.NAME));
        setUp(client, Map.of());
        client.page().assertText(".bc-done", "backupCodeUsedSetUpOther", CardCredentials.NAME);
        assertThat(user.admin().credentials(CardCredentials.TYPE)).hasSize(1);
        assertThat(client.continueSignIn().status()).isEqualTo(302);
    }

    @Test
    void anOldOneGoesOnceTheNewOneIsThere() {
        TestCodeSet codes = TestCodeSet.of(4);
        TestUser user = realm.user("bob").credential(CARD).codes(codes).create();
        String old = user.admin().credentialId(CardCredentials.TYPE);
        LoginClient client = entering(user);
        client.enterBackupCode(codes.code(0));
        client.page().assertText("label[for=removeOld-" + old + "]", "backupCodeUsedRemoveOther", "old card");
        setUp(client, Map.of("removeOld", old));
        client.page().assertText(".bc-done", "backupCodeUsedReplacedOther", CardCredentials.NAME);
        assertThat(user.admin().credentials(CardCredentials.TYPE))
                .singleElement()
                .satisfies(card -> assertThat(card.path("id").asText()).isNotEqualTo(old));
    }

    @Test
    void whereThePageIsOffItsOwnSetUpComesAtOnce() {
        realm.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("enabled", false));
        try {
            TestUser user = realm.user("carl").otp().create();
            String code = HelpDeskCode.issue(realm, user);
            LoginClient client = entering(user);
            client.enterBackupCode(code);
            client.assertHas(CARD_PAGE);
        } finally {
            realm.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("enabled", true));
        }
    }

    @Test
    void whoeverHasJustSetItUpIsInvitedToMakeCodes() {
        try (TestRealm asking = TestRealm.on(realm.server()).asking().create()) {
            asking.admin().registerRequiredAction(CardRegistration.ID);
            asking.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, CardForm.ID, "ALTERNATIVE");
            TestUser user = asking.user("dora")
                    .with("requiredActions", List.of(CardRegistration.ID))
                    .create();
            LoginClient client = asking.signIn(user);
            client.submit(CARD_PAGE, Map.of("number", "1"));
            assertThat(client.isInvited()).as("%s", client.page()).isTrue();
        }
    }

    private static LoginClient entering(TestUser user) {
        return realm.openCodePage(user);
    }

    private static void setUp(LoginClient client, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(more);
        fields.put("setUp", CardRegistration.ID);
        client.submit(Selectors.CODE_USED_PAGE + " form:has(" + SET_UP_CARD + ")", fields);
        client.assertHas(CARD_PAGE);
        client.submit(CARD_PAGE, Map.of("number", "1"));
    }
}
