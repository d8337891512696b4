package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.BackupCodePage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.SelectAuthenticatorPage;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recovery codes that users have made with Keycloak's own action, typed instead of backup codes. */
@WithBrowser
class RecoveryCodesAdoptionIT {

    private static final String TRACES = "backup-codes-recovery";
    private static final String BUILT_IN_FIELD = "recoveryCodeInput";

    @AutoClose
    private static final TestRealm realm = TestRealm.builder()
            .policy("max-failures", "3")
            .policy("pause-minutes", "7")
            .create();

    private static String builtIn;

    /** Keycloak's own form stands beside ours. */
    @BeforeAll
    static void prepareRealm() {
        RealmAdmin admin = realm.admin();
        builtIn = admin.execution(TestRealm.FLOW, TestRecoveryCodes.AUTHENTICATOR);
        admin.requireExecution(TestRealm.FLOW, builtIn, "ALTERNATIVE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anyCodeThatIsLeftOpensOnceAndKeycloaksFormGoesOnWithTheOthers(boolean before262) {
        TestRecoveryCodes codes = before262 ? TestRecoveryCodes.before262() : TestRecoveryCodes.now();
        TestUser user = user("any-" + before262, codes);
        realm.admin().clearEvents();

        LoginClient first = realm.enterCode(
                user, " " + codes.code(5).toLowerCase(Locale.ROOT).replace("-", " "));
        assertThat(first.isAfterUse()).as("%s", first.page()).isTrue();
        first.page().assertText("#backupCodesLeft", "backupCodeUsedOldLeft", 11);
        first.page().assertText(".bc-note", "backupCodeUsedOld");
        first.continueSignIn();
        first.assertSignedIn();
        JsonNode details = realm.admin().events("LOGIN").get(0).path("details");
        assertThat(details.path("credential_type").asText()).isEqualTo(TestRecoveryCodes.CREDENTIAL);
        assertThat(details.path("backup_codes_remaining").asText()).isEqualTo("11");

        realm.signInWith(user, codes.code(5)).page().assertError("backupCodeErrorUsed");
        tryBuiltIn(user, codes.code(5)).assertNotSignedIn();
        tryBuiltIn(user, codes.code(0)).assertSignedIn();
        tryBuiltIn(user, codes.code(1)).assertSignedIn();
        assertThat(stored(user).path("remainingCodes").asInt()).isEqualTo(9);
        assertThat(stored(user).path("totalCodes").asInt()).isEqualTo(12);
        realm.signInWith(user, codes.code(11)).assertSignedIn();
        for (int next : List.of(2, 3, 4, 6)) {
            assertThat(tryBuiltIn(user, codes.code(next)).isSignedIn())
                    .as("code %d by Keycloak’s form", next)
                    .isTrue();
        }
    }

    @Test
    void newBackupCodesTakeThePlaceOfTheOldOnes() {
        TestRecoveryCodes codes = TestRecoveryCodes.now();
        TestUser user = user("renewing", codes);
        realm.admin().clearEvents();

        LoginClient client = realm.enterCode(user, codes.code(3));
        List<String> made = client.makeCodes().backupCodes();
        assertThat(client.page().document().text()).contains(Messages.of("backupCodesRenewal"));
        client.saveCodes();
        client.assertSignedIn();

        assertThat(user.admin().credentials(TestRecoveryCodes.CREDENTIAL)).isEmpty();
        assertThat(user.admin().credentials(TRACES)).isEmpty();
        Event.assertOnly(
                realm.admin().events("REMOVE_CREDENTIAL"), Map.of("credential_type", TestRecoveryCodes.CREDENTIAL));
        realm.signInWith(user, codes.code(4)).assertNotSignedIn();
        realm.signInWith(user, made.get(7)).assertSignedIn();
    }

    @Test
    void theLastCodeLeadsToNewOnesBeforeAnythingElse() {
        TestRecoveryCodes codes = TestRecoveryCodes.last(1);
        TestUser user = user("last", codes);

        LoginClient client = realm.enterCode(user, codes.code(0));

        client.page().assertText("#backupCodesLeft", "backupCodeUsedOldLeft", 0);
        client.page().assertHasNo("[name=continue]");
        assertThat(user.admin().credentials(TestRecoveryCodes.CREDENTIAL)).isEmpty();
        assertThat(user.admin().requiredActions()).contains(BackupCodesNames.ACTION);
        client.makeCodes();
        client.saveCodes();
        client.assertSignedIn();
    }

    @Test
    void wrongCodesAreCountedBesideThemUntilAGoodOne() {
        TestRecoveryCodes codes = TestRecoveryCodes.now();
        TestUser user = user("guessing", codes);
        LoginClient client = realm.openCodePage(user);
        for (String mistyped : List.of(
                "",
                "!",
                codes.code(0) + "2",
                codes.code(0).replace(codes.code(0).charAt(0), '0'))) {
            client.backupCode(mistyped);
            assertThat(client.page().error())
                    .isEqualTo(Messages.of(mistyped.isEmpty() ? "backupCodeErrorEmpty" : "backupCodeErrorMistyped"));
        }
        assertThat(user.admin().credentials(TRACES)).isEmpty();

        client.backupCode(TestRecoveryCodes.wrong());
        client.backupCode(TestRecoveryCodes.wrong()).assertError("backupCodeErrorWrong");
        assertThat(traces(user).path("inARow").asInt()).isEqualTo(2);
        client.backupCode(codes.code(0));
        client.assertSignedIn();
        assertThat(traces(user).path("inARow").asInt()).isZero();

        LoginClient again = realm.openCodePage(user);
        for (int i = 0; i < 3; i++) {
            again.backupCode(TestRecoveryCodes.wrong());
        }
        for (String typed : List.of(codes.code(1), TestRecoveryCodes.wrong(), codes.code(0))) {
            again.backupCode(typed).assertError("backupCodeErrorPaused", 7);
        }
        assertThat(traces(user).path("inARow").asInt()).isEqualTo(3);
        assertThat(stored(user).path("remainingCodes").asInt()).isEqualTo(11);
    }

    @Test
    void usedOnesBringThePauseAsWell() {
        TestRecoveryCodes codes = TestRecoveryCodes.now();
        TestUser user = user("replaying", codes);
        realm.openCodePage(user).backupCode(codes.code(0));
        LoginClient client = realm.openCodePage(user);
        for (int i = 0; i < 2; i++) {
            client.backupCode(codes.code(0)).assertError("backupCodeErrorUsed");
        }
        client.backupCode(TestRecoveryCodes.wrong());
        client.backupCode(codes.code(1)).assertError("backupCodeErrorPaused", 7);
        assertThat(traces(user).path("inARow").asInt()).isEqualTo(1);
    }

    @Test
    void aHundredWrongCodesTurnThemOffAndNewRecoveryCodesStartAnew() {
        try (TestRealm patient =
                TestRealm.builder().policy("max-failures", "100").create()) {
            TestRecoveryCodes codes = TestRecoveryCodes.now();
            TestUser user =
                    patient.user("alice").otp().credential(codes.credential()).create();
            LoginClient client = patient.openCodePage(user);
            for (int i = 0; i < 100; i++) {
                client.backupCode(TestRecoveryCodes.wrong()).assertError("backupCodeErrorWrong");
            }
            client.backupCode(codes.code(0)).assertError("backupCodeErrorDisabled");

            TestRecoveryCodes others = TestRecoveryCodes.now();
            user.admin().update(Map.of("credentials", List.of(others.credential())));
            client.backupCode(others.code(8));
            client.assertSignedIn();
        }
    }

    @Test
    void besideASetEachKindOpensAndIsCountedForItself() {
        TestRecoveryCodes old = TestRecoveryCodes.now();
        TestCodeSet codes = TestCodeSet.of(3);
        TestUser user = realm.user("both")
                .otp()
                .codes(codes)
                .credential(old.credential())
                .create();
        LoginClient client = realm.signInWith(user, TestCodeSet.wrong());
        client.backupCode(TestRecoveryCodes.wrong());
        client.backupCode("three words only");
        assertThat(user.admin().backupCodes().path("guesses").path("inARow").asInt())
                .isEqualTo(1);
        assertThat(traces(user).path("inARow").asInt()).isEqualTo(1);
        client.backupCode(old.code(7));
        client.assertSignedIn();
        realm.signInWith(user, codes.code(1)).assertSignedIn();
        assertThat(stored(user).path("remainingCodes").asInt()).isEqualTo(11);
        assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
    }

    @Test
    void theRealmsDetectionOfBruteForceCountsEachWrongCodeOnce() {
        try (TestRealm own = TestRealm.create()) {
            own.admin().lockAfter(30);
            TestUser user = own.user("alice")
                    .otp()
                    .credential(TestRecoveryCodes.now().credential())
                    .create();
            LoginClient client = own.signInWith(user, TestRecoveryCodes.wrong());
            user.admin().awaitFailures(1);
            client.backupCode(TestRecoveryCodes.wrong());
            // counted by a thread of its own
            user.admin().assertFailuresStay(2);
        }
    }

    @Test
    void administratorsTakeThemAwayWithTheRest() {
        TestUser user = realm.user("revoked")
                .otp()
                .codes(TestCodeSet.of(2))
                .credential(TestRecoveryCodes.now().credential())
                .create();
        realm.admin().clearEvents();
        user.admin().revokeCodes();
        assertThat(user.admin().credentials())
                .extracting(credential -> credential.path("type").asText())
                .containsExactlyInAnyOrder("password", "otp");
        assertThat(realm.admin().adminEvents()).hasSize(2);
    }

    @Test
    void whereTheSettingIsOffNobodyHearsOfIt() {
        try (TestRealm off =
                TestRealm.builder().policy("accept-recovery-codes", "false").create()) {
            TestRecoveryCodes old = TestRecoveryCodes.now();
            TestUser without =
                    off.user("without").otp().credential(old.credential()).create();
            LoginClient client = off.signIn(without);
            client.page().assertHasNo(Selectors.ANOTHER_WAY_FORM);

            TestUser both = off.user("both")
                    .otp()
                    .codes(TestCodeSet.of(2))
                    .credential(old.credential())
                    .create();
            LoginClient other = off.signInWith(both, old.code(0));
            assertThat(other.page().error())
                    .as("it has the length of another kind")
                    .contains("ABCDE\u2011FGHJK");
            off.generateCodes(both);
            assertThat(both.admin().credentials(TestRecoveryCodes.CREDENTIAL)).hasSize(1);
        }
    }

    @Test
    void theOneFieldTakesThemToo() {
        try (TestRealm one = TestRealm.builder().oneField().create()) {
            TestRecoveryCodes old = TestRecoveryCodes.now();
            TestUser user = one.user("alice").otp().credential(old.credential()).create();
            LoginClient client = one.signIn(user);
            assertThat(client.page().document().text()).contains(Messages.of("backupCodeLostPhone"));
            client.otp("12345");
            client.page().assertError("backupCodeErrorMistyped");
            client.otpOrBackupCode(old.code(9));
            client.assertSignedIn();
            LoginClient app = one.signIn(user);
            app.otpOrBackupCode(user.totp().now());
            app.assertSignedIn();
        }
    }

    @Test
    void withKeycloaksFormSwitchedOffInOneCallUsersStillGetIn() {
        try (TestRealm stock = TestRealm.builder().withoutBackupCodes().create()) {
            RealmAdmin admin = stock.admin();
            admin.copyFlow("browser", TestRealm.FLOW);
            admin.requireExecution(
                    TestRealm.FLOW, admin.execution(TestRealm.FLOW, TestRecoveryCodes.AUTHENTICATOR), "ALTERNATIVE");
            admin.bindBrowserFlow(TestRealm.FLOW);
            TestRecoveryCodes old = TestRecoveryCodes.before262();
            TestUser user =
                    stock.user("alice").otp().credential(old.credential()).create();

            admin.postForAnswer("/backup-codes/setup", Map.of("disableRecoveryCodes", true));

            LoginClient client = stock.signIn(user);
            client.page().assertHas(Selectors.OTP_FORM, "the authenticator app comes first");
            client.tryAnotherWay();
            assertThat(client.page().document().text())
                    .contains(Messages.of("backup-code-form-display-name"))
                    .doesNotContain("Recovery Authentication Code");
            client.choose(stock.backupCodeExecution());
            client.enterBackupCode(old.code(6));
            client.makeCodes();
            client.saveCodes();
            client.assertSignedIn();
            assertThat(user.admin().credentials(TestRecoveryCodes.CREDENTIAL)).isEmpty();
        }
    }

    /** L and 1 are one symbol on a list of backup codes. */
    @Test
    void theScriptLeavesThemAsTheyAreTyped(Person person) {
        TestRecoveryCodes codes = TestRecoveryCodes.alike();
        try (TestRealm own = TestRealm.create()) {
            TestUser user =
                    own.user("alice").otp().credential(codes.credential()).create();
            LoginPage.open(person, own).signIn(user);
            OtpPage.on(person).tryAnotherWay();
            SelectAuthenticatorPage.on(person).choose("Backup code");
            BackupCodePage page = BackupCodePage.on(person);
            page.press(codes.code(0));
            assertThat(page.typed()).isEqualTo(codes.code(0));
            assertThat(page.hint()).isEmpty();
            page.submit();
            assertThat(AfterUsePage.on(person)).isNotNull();
        }
    }

    private static TestUser user(String name, TestRecoveryCodes codes) {
        return realm.user(name).otp().credential(codes.credential()).create();
    }

    private static LoginClient tryBuiltIn(TestUser user, String code) {
        LoginClient client = realm.signIn(user);
        client.choose(builtIn);
        client.submit("form:has([name=" + BUILT_IN_FIELD + "])", Map.of(BUILT_IN_FIELD, code));
        return client;
    }

    private static JsonNode stored(TestUser user) {
        return data(user, TestRecoveryCodes.CREDENTIAL);
    }

    private static JsonNode traces(TestUser user) {
        return data(user, TRACES);
    }

    private static JsonNode data(TestUser user, String type) {
        return user.admin().credentialData(type);
    }
}
