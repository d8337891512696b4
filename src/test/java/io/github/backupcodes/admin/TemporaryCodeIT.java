package io.github.backupcodes.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.docs.OpenApiContract;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HeldRow;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The help desk issues a code, and its user comes in with it: once, and not without a new second factor. */
class TemporaryCodeIT {

    private static final String SET_UP_APP = "CONFIGURE_TOTP";
    private static final int AT_ONCE = 8;

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    @BeforeAll
    static void prepareRealm() {
        HelpDeskCode.prepare(realm);
    }

    @Test
    void theAnswerShowsTheCodeOnceAndTheRecordWhyNeverWhich() {
        TestUser user = realm.user("alice").otp().create();
        realm.admin().clearEvents();

        HttpResponse<String> answer =
                issue(user, Map.of("lifespanSeconds", 600, "reason", " Phone lost, seen in person, #4711 "));

        JsonNode issued = Json.read(answer.body());
        String code = issued.path("code").asText();
        Instant end = Instant.parse(issued.path("expiresAt").asText());
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(end).isBetween(Instant.now().plusSeconds(540), Instant.now().plusSeconds(600));
        assertThat(state(user).path("temporaryCodeExpiresAt").asText()).isEqualTo(end.toString());
        assertThat(state(user).path("total").asInt()).isZero();
        assertThat(user.admin().credentials(HelpDeskCode.CREDENTIAL))
                .singleElement()
                .satisfies(credential -> {
                    assertThat(credential.path("userLabel").asText()).startsWith("Temporary code: until ");
                    assertThat(credential.toString()).doesNotContain(code, code.replace("-", ""));
                });
        assertThat(realm.admin().adminEvents()).singleElement().satisfies(event -> {
            assertThat(event.path("operationType").asText()).isEqualTo("ACTION");
            assertThat(event.path("resourceType").asText()).isEqualTo("USER");
            assertThat(event.path("resourcePath").asText())
                    .isEqualTo("users/" + user.id() + "/backup-codes/temporary-code");
            JsonNode details = event.path("details");
            assertThat(details.path("reason").asText()).isEqualTo("Phone lost, seen in person, #4711");
            assertThat(details.path("lifespan_seconds").asText()).isEqualTo("600");
            assertThat(details.path("expires_at").asText()).isEqualTo(end.toString());
            assertThat(event.toString()).doesNotContain(code, code.replace("-", ""));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"lifespanSeconds\":299,\"reason\":\"x\"}|lifespanSeconds",
                "{\"lifespanSeconds\":604801,\"reason\":\"x\"}|lifespanSeconds",
                "{\"lifespanSeconds\":-1,\"reason\":\"x\"}|lifespanSeconds",
                "{\"lifespanSeconds\":300}|reason",
                "{\"reason\":\"  \"}|reason",
                "{\"reason\":\"a\\nb\"}|reason",
                "{}|reason"
            })
    void whatIsOutOfRangeIsRefusedAndNamed(String bodyAndField) {
        TestUser user = realm.user("bad-" + Integer.toHexString(bodyAndField.hashCode()))
                .otp()
                .create();
        String[] parts = bodyAndField.split("\\|", -1);

        HttpResponse<String> answer = HelpDeskCode.send(realm.admin().client(), realm, user.id(), Json.read(parts[0]));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body()).path("errorMessage").asText()).startsWith(parts[1] + " must be ");
        assertThat(contract(answer)).isEmpty();
        assertThat(user.admin().credentials(HelpDeskCode.CREDENTIAL)).isEmpty();
    }

    @Test
    void theLongestAndTheShortestAreTakenWhatIsNoRequestIsNot() {
        TestUser user = realm.user("edges").otp().create();
        assertThat(issue(user, Map.of("lifespanSeconds", 300, "reason", "x")).statusCode())
                .isEqualTo(200);
        assertThat(issue(user, Map.of("lifespanSeconds", 604_800, "reason", "r".repeat(255)))
                        .statusCode())
                .isEqualTo(200);
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("reason", "r".repeat(256)),
                Map.of("reason", "x", "lifespanSeconds", "long"),
                Map.of("reason", "x", "code", "ABC"))) {
            assertThat(HelpDeskCode.send(realm.admin().client(), realm, user.id(), bad)
                            .statusCode())
                    .as("%s", bad.keySet())
                    .isEqualTo(400);
        }
        assertThat(HelpDeskCode.send(realm.admin().client(), realm, "nobody", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aUserWithoutCodesComesInOnceAndNotWithoutANewSecondFactor() {
        TestUser user = realm.user("bob").otp().create();
        LoginClient before = realm.signIn(user);
        before.page().assertHasNo(Selectors.ANOTHER_WAY_FORM, "no code, no choice");
        String code = HelpDeskCode.issue(realm, user);

        LoginClient client = entering(user);
        client.page().assertText("#backupCode-help", "backupCodeHelpTemporaryAlone");
        client.page().assertText(Selectors.TITLE, "backupCodeTitleTemporary");
        client.tryAnotherWay();
        assertThat(client.page().document().text())
                .contains(Messages.of("backup-code-temporary-display-name"))
                .doesNotContain(Messages.of("backup-code-form-display-name"));
        client.choose(realm.backupCodeExecution());
        realm.admin().clearEvents();
        client.enterBackupCode(code.toLowerCase(Locale.ROOT).replace("-", " "));

        client.page().assertText(Selectors.TITLE, "backupCodeUsedTemporaryTitle");
        assertThat(client.page().codeUsedButtons()).containsExactly(Messages.of("backupCodeUsedNewApp"));
        for (String answer : List.of("continue", "makeCodes", "codesSaved")) {
            client.submit(Selectors.CODE_USED_PAGE + " form", Map.of(answer, "on"));
            assertThat(client.page().codeUsedButtons()).as(answer).containsExactly(Messages.of("backupCodeUsedNewApp"));
        }
        client.submit(Selectors.CODE_USED_PAGE + " form", Map.of("setUp", SET_UP_APP));
        client.submit(Selectors.APP_SETUP_FORM, Map.of("cancel-aia", "true"));
        assertThat(client.page().codeUsedButtons())
                .as("who gives up has not set anything up")
                .containsExactly(Messages.of("backupCodeUsedNewApp"));

        Totp phone = setUp(client, Map.of("removeOld", user.admin().credentialId("otp")));
        assertThat(client.page().codeUsedButtons()).containsExactly(Messages.of("backupCodeUsedMakeCodes"), "Continue");
        assertThat(client.page().text(Selectors.CODE_USED_PAGE)).contains(Messages.of("backupCodeUsedTemporaryCodes"));
        client.makeCodes();
        client.saveCodes();
        client.assertSignedIn();
        Event.assertOnly(
                realm.admin().events("LOGIN"),
                Map.of("credential_type", BackupCodesNames.CREDENTIAL, "backup_codes_temporary", "true"));
        assertThat(user.admin().credentials("otp")).hasSize(1);

        LoginClient again = entering(user);
        again.enterBackupCode(code);
        again.page().assertError("backupCodeErrorTemporaryUsed");
        Event.assertOnly(
                realm.admin().events("LOGIN_ERROR"),
                Map.of("reason", "backup_code_already_used", "backup_codes_temporary", "true"));
        assertThat(state(user).path("temporaryCodeExpiresAt").isNull()).isTrue();
        otp(user, phone);
        assertThat(user.admin().credentials(HelpDeskCode.CREDENTIAL))
                .as("what is over goes with the next sign-in")
                .isEmpty();
    }

    @Test
    void theOwnCodesStayAsTheyAreAndWorkBesideIt() {
        TestCodeSet codes = TestCodeSet.of(4);
        TestUser user = realm.user("carol").otp().codes(codes).create();
        String older = HelpDeskCode.issue(realm, user);
        String newer = HelpDeskCode.issue(realm, user);
        realm.admin().clearEvents();

        assertThat(tried(user, older).page().error())
                .as("a new one replaces it")
                .isEqualTo(Messages.of("backupCodeErrorWrong"));
        assertThat(wrongCodes(user, BackupCodesNames.CREDENTIAL)).isEqualTo(1);
        assertThat(wrongCodes(user, HelpDeskCode.CREDENTIAL))
                .as("each counts what it was tried with")
                .isEqualTo(1);

        LoginClient own = tried(user, codes.code(2));
        own.page().assertText("#backupCodesLeft", "backupCodeUsedLeft", 3);
        assertThat(own.continueSignIn().status()).isEqualTo(302);
        assertThat(wrongCodes(user, HelpDeskCode.CREDENTIAL))
                .as("a good code is no wrong one")
                .isEqualTo(1);
        assertThat(state(user).path("temporaryCodeExpiresAt").isNull()).isFalse();

        tried(user, newer).page().assertText(Selectors.TITLE, "backupCodeUsedTemporaryTitle");
        assertThat(state(user).path("remaining").asInt()).isEqualTo(3);
        assertThat(wrongCodes(user, BackupCodesNames.CREDENTIAL)).isZero();
    }

    @Test
    void itHelpsWhereTheOwnCodesAreOfNoUseAndItsLimitHolds() {
        TestUser user = realm.user("dora")
                .otp()
                .codes(TestCodeSet.of(2).guessed(100, null))
                .create();
        String code = HelpDeskCode.issue(realm, user);
        LoginClient client = entering(user);
        for (int i = 0; i < 10; i++) {
            client.enterBackupCode(TestCodeSet.wrong());
            client.page().assertError("backupCodeErrorTemporaryWrong");
        }
        client.enterBackupCode(code);
        client.page().assertHasNo(Selectors.CODE_USED_PAGE, "paused");
        assertThat(wrongCodes(user, HelpDeskCode.CREDENTIAL)).isEqualTo(10);

        client.enterBackupCode(HelpDeskCode.issue(realm, user));
        client.page().assertHas(Selectors.CODE_USED_PAGE);
        setUp(client, Map.of());
        assertThat(client.page().codeUsedButtons())
                .as("disabled codes have to be replaced as used ones have")
                .containsExactly(Messages.of("backupCodeUsedMakeCodes"));
        assertThat(client.page().text(Selectors.CODE_USED_PAGE)).contains(Messages.of("backupCodeUsedTemporaryCodes"));
    }

    /** Or a pause would answer guesses that no one counts. */
    @Test
    void besideItAPausedListDoesNotTellWhatIsOnIt() {
        TestCodeSet paused = TestCodeSet.of(5).guessed(10, Instant.now().plusSeconds(600));
        TestUser user = realm.user("paused").otp().codes(paused).create();
        HelpDeskCode.issue(realm, user);
        LoginClient client = realm.openCodePage(user);
        for (String code : List.of(paused.code(0), TestCodeSet.wrong())) {
            client.enterBackupCode(code).assertError("backupCodeErrorWrong");
        }
        assertThat(user.admin().usedBackupCodes()).isZero();
    }

    @Test
    void ofSeveralAtOnceOneGetsIn() {
        TestUser user = realm.user("eve").otp().codes(TestCodeSet.of(2)).create();
        for (int round = 0; round < 4; round++) {
            String code = HelpDeskCode.issue(realm, user);
            List<LoginClient> clients =
                    Stream.generate(() -> entering(user)).limit(AT_ONCE).toList();
            List<CompletableFuture<HttpPage>> pages = clients.stream()
                    .map(client -> {
                        HttpRequest request = client.prepareBackupCode(code);
                        return CompletableFuture.supplyAsync(() -> client.send(request));
                    })
                    .toList();
            List<HttpPage> arrived = pages.stream().map(CompletableFuture::join).toList();
            assertThat(arrived)
                    .filteredOn(page -> page.has(Selectors.CODE_USED_PAGE))
                    .hasSize(1);
            assertThat(arrived)
                    .filteredOn(page -> !page.has(Selectors.CODE_USED_PAGE))
                    .hasSize(AT_ONCE - 1)
                    .allSatisfy(page -> page.assertError("backupCodeErrorTemporaryUsed"));
        }
        assertThat(state(user).path("remaining").asInt()).isEqualTo(2);
    }

    @Test
    void onceItsLifeIsOverItSaysSoAndGoesWithTheNextSignIn() {
        TestCodeSet codes = TestCodeSet.of(2);
        TestUser alone = realm.user("fred").otp().create();
        TestUser beside = realm.user("gina").otp().codes(codes).create();
        for (TestUser user : List.of(alone, beside)) {
            String code = HelpDeskCode.issue(realm, user);
            HelpDeskCode.end(realm, user);
            realm.admin().clearEvents();
            tried(user, code).page().assertError("backupCodeErrorTemporaryExpired");
            Event.assertOnly(realm.admin().events("LOGIN_ERROR"), Map.of("reason", "backup_codes_expired"));
            assertThat(state(user).path("temporaryCodeExpiresAt").isNull()).isTrue();
            otp(user, user.totp());
            assertThat(user.admin().credentials(HelpDeskCode.CREDENTIAL)).isEmpty();
        }
        tried(beside, codes.code(0)).page().assertHas(Selectors.CODE_USED_PAGE);
    }

    @Test
    void itIsAskedOfAUserWithoutSecondFactorAsLongAsItWorks() {
        TestUser user = realm.user("hans").create();
        String code = HelpDeskCode.issue(realm, user);
        LoginClient client = realm.signIn(user);
        client.enterBackupCode(code);
        setUp(client, Map.of());
        assertThat(client.continueSignIn().status()).isEqualTo(302);

        TestUser late = realm.user("ines").create();
        HelpDeskCode.issue(realm, late);
        HelpDeskCode.end(realm, late);
        LoginClient other = realm.signIn(late);
        other.assertSignedIn("as before it was issued");
    }

    /** The code is used when it is entered: users who lose the page that follows would be locked out again. */
    @Test
    void whoLosesThePageThatFollowsGoesOnInTheSameBrowserAndNowhereElse() {
        TestUser user = realm.user("paul").otp().create();
        TestUser other = realm.user("paula").otp().create();
        String code = HelpDeskCode.issue(realm, user);
        LoginClient client = realm.enterCode(user, code);
        client.page().assertText(".bc-note", "backupCodeUsedTemporaryKeepOpen");
        URI lost = client.action(Selectors.CODE_USED_PAGE + " form");

        realm.signIn(user).assertHas(Selectors.OTP_FORM);
        client.signIn(other).assertHas(Selectors.OTP_FORM);
        client.page().assertHasNo(Selectors.ANOTHER_WAY_FORM, "it is the code of somebody else");
        client.signIn(user);
        assertThat(client.page().codeUsedButtons()).containsExactly(Messages.of("backupCodeUsedNewApp"));

        HttpPage taken = client.send(client.prepareRaw(lost, "setUp=" + SET_UP_APP));
        taken.assertHasNo(Selectors.APP_SETUP_FORM, "the lost page has ended");
        client.signIn(user);
        setUp(client, Map.of());
        assertThat(client.continueSignIn().status()).isEqualTo(302);
        client.assertSignedIn();
        Event.assertOnly(
                realm.admin().events("LOGIN"),
                Map.of("credential_type", BackupCodesNames.CREDENTIAL, "backup_codes_temporary", "true"));
        realm.openCodePage(user).page().assertHasNo(Selectors.CODE_USED_PAGE, "one code, one sign-in");
    }

    @Test
    void whoComesBackAgainAndAgainDoesNotGetMoreTime() throws InterruptedException {
        try (TestRealm brief =
                TestRealm.builder().with("accessCodeLifespanLogin", 6).create()) {
            HelpDeskCode.prepare(brief);
            TestUser user = brief.user("again").otp().create();
            LoginClient client = brief.enterCode(user, HelpDeskCode.issue(brief, user));
            client.assertHas(Selectors.CODE_USED_PAGE);
            for (int i = 0; i < 2; i++) {
                Thread.sleep(3_500);
                client.signIn(user);
            }
            client.page().assertHasNo(Selectors.CODE_USED_PAGE, "seven seconds after the code was used, of six");
        }
    }

    @Test
    void tabsThatComeBackAtOnceCompleteOneSignInWithOneCode() {
        for (int round = 0; round < 4; round++) {
            TestUser user = realm.user("tabs" + round).otp().create();
            LoginClient client = realm.enterCode(user, HelpDeskCode.issue(realm, user));
            List<LoginClient> tabs = Stream.generate(client::newTab).limit(4).toList();
            List<Runnable> signIns = tabs.stream()
                    .map(tab -> {
                        tab.open();
                        HttpRequest password = tab.prepare(
                                Selectors.PASSWORD_FORM,
                                Map.of("username", user.username(), "password", user.password()));
                        return (Runnable) () -> tab.send(password);
                    })
                    .toList();
            signIns.stream().map(CompletableFuture::runAsync).toList().forEach(CompletableFuture::join);
            long going = tabs.stream()
                    .filter(tab -> tab.page().has(Selectors.CODE_USED_PAGE))
                    .filter(tab -> tab.send(tab.prepareRaw(
                                    tab.action(Selectors.CODE_USED_PAGE + " form"), "setUp=" + SET_UP_APP))
                            .has(Selectors.APP_SETUP_FORM))
                    .count();
            assertThat(going).as("round %d: sign-ins that go on", round).isLessThanOrEqualTo(1);
            client.signIn(user).assertHas(Selectors.CODE_USED_PAGE);
        }
    }

    /** The help desk has set a password beside the code, and the user chooses another one before the page comes. */
    @Test
    void aNewPasswordDoesNotKeepOutWhoLosesThePage() {
        TestUser user =
                realm.user("quirin").otp().requiredAction("UPDATE_PASSWORD").create();
        LoginClient client = realm.enterCode(user, HelpDeskCode.issue(realm, user));
        client.newPassword("a password of the user");
        client.assertHas(Selectors.CODE_USED_PAGE);

        client.signIn(user.username(), "a password of the user");

        client.assertHas(Selectors.CODE_USED_PAGE);
    }

    @Test
    void nobodyComesBackWithACodeThatTheHelpDeskHasRevokedOrReplaced() {
        TestUser user = realm.user("ruth").otp().create();
        LoginClient client = realm.enterCode(user, HelpDeskCode.issue(realm, user));
        String next = HelpDeskCode.issue(realm, user);
        client.signIn(user).assertHasNo(Selectors.CODE_USED_PAGE, "another code was issued since");
        client = realm.enterCode(user, next);
        client.assertHas(Selectors.CODE_USED_PAGE);
        user.admin().revokeCodes();

        client.signIn(user).assertHasNo(Selectors.CODE_USED_PAGE, "it was revoked");
    }

    /** The notes of a sign-in survive what the database rolls back; the code still works, but for one sign-in. */
    @Test
    void aCodeWhoseUseWasRolledBackBringsOneSignIn() {
        try (TestRealm faulty = TestRealm.create()) {
            HelpDeskCode.prepare(faulty);
            TestUser user = faulty.user("rolled").otp().create();
            String code = HelpDeskCode.issue(faulty, user);
            LoginClient client = faulty.openCodePage(user);
            HttpRequest request = client.prepareBackupCode(code);
            faulty.admin().update(Map.of("attributes", Map.of("test-fault", "commit")));
            assertThat(client.send(request).status()).isEqualTo(500);
            faulty.admin().update(Map.of("attributes", Map.of("test-fault", "")));

            client.signIn(user).assertHasNo(Selectors.CODE_USED_PAGE, "the code was not used");

            faulty.enterCode(user, code).assertHas(Selectors.CODE_USED_PAGE);
        }
    }

    @Test
    void anApplicationThatAsksForNewCodesDoesNotLeadPastTheSecondFactor() {
        TestUser user = realm.user("john").otp().create();
        String code = HelpDeskCode.issue(realm, user);
        LoginClient client = realm.signInFor(user, BackupCodesNames.ACTION);
        client.choose(realm.backupCodeExecution());
        client.enterBackupCode(code);
        assertThat(client.page().codeUsedButtons()).containsExactly(Messages.of("backupCodeUsedNewApp"));
        setUp(client, Map.of());
        client.continueSignIn();
        client.saveCodes();
        client.assertSignedIn();
    }

    @Test
    void inOneFieldForBothItIsTakenToo() {
        try (TestRealm other = TestRealm.on(realm.server()).oneField().create()) {
            HelpDeskCode.prepare(other);
            TestUser user = other.user("kate").otp().create();
            String code = HelpDeskCode.issue(other, user);
            LoginClient client = other.signIn(user);
            client.page().assertText("summary", "backupCodeLostPhoneTemporary");
            client.page().assertText("#otp-help", "backupCodeHelpTemporaryAlone");
            client.otp(code);
            client.page().assertText(Selectors.TITLE, "backupCodeUsedTemporaryTitle");
        }
    }

    @Test
    void whereNothingCanBeSetUpTheUserGoesOnAndWhereThePageIsOffKeycloaksIsShown() {
        try (TestRealm other = TestRealm.create()) {
            HelpDeskCode.prepare(other);
            other.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("enabled", false));
            TestUser user = other.user("lena").otp().create();
            String code = HelpDeskCode.issue(other, user);
            LoginClient client = other.enterCode(user, code);
            client.assertHas(Selectors.APP_SETUP_FORM);

            other.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("enabled", true));
            other.admin().updateRequiredAction(SET_UP_APP, Map.of("enabled", false));
            String another = HelpDeskCode.issue(other, user);
            LoginClient stuck = other.enterCode(user, another);
            assertThat(stuck.page().codeUsedButtons())
                    .containsExactly(Messages.of("backupCodeUsedMakeCodes"), "Continue");
            assertThat(stuck.continueSignIn().status()).isEqualTo(302);
        }
    }

    @Test
    void revokingTakesItToo() {
        TestUser user = realm.user("mona").otp().codes(TestCodeSet.of(2)).create();
        HelpDeskCode.issue(realm, user);
        realm.admin().clearEvents();

        user.admin().revokeCodes();

        assertThat(user.admin().credentials())
                .extracting(credential -> credential.path("type").asText())
                .containsExactlyInAnyOrder("password", "otp");
        assertThat(realm.admin().adminEvents())
                .extracting(event -> Event.detail(event, "credential_type"))
                .containsExactlyInAnyOrder(HelpDeskCode.CREDENTIAL, BackupCodesNames.CREDENTIAL);
    }

    @Test
    void whileTheRowIsHeldIssuingIsToBeTriedAgain() {
        TestUser user = realm.user("nils").otp().create();
        String code = HelpDeskCode.issue(realm, user);
        CompletableFuture<HttpResponse<String>> holder =
                HeldRow.of(realm.admin(), user, HelpDeskCode.CREDENTIAL, Duration.ofSeconds(7));

        HttpResponse<String> busy = HelpDeskCode.send(realm.admin().client(), realm, user.id(), Map.of("reason", "x"));
        holder.join();

        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(contract(busy)).isEmpty();
        tried(user, code).page().assertHas(Selectors.CODE_USED_PAGE);
    }

    /** When Keycloak removes a credential, it writes the ones behind it again, as they were when the request began. */
    @Test
    void anExpiredOneGoesWithoutTouchingTheRowOfTheOwnCodes() {
        TestUser user = realm.user("olga").otp().create();
        HelpDeskCode.issue(realm, user);
        HelpDeskCode.end(realm, user);
        TestCodeSet own = TestCodeSet.of(5);
        user.admin().update(Map.of("credentials", List.of(own.credential())));
        LoginClient byCode = entering(user);
        LoginClient byOtp = realm.signIn(user);
        CompletableFuture<HttpResponse<String>> holder = HeldRow.of(realm.admin(), user, Duration.ofSeconds(4));
        HttpRequest request = byCode.prepareBackupCode(own.code(0));
        CompletableFuture<HttpPage> used = CompletableFuture.supplyAsync(() -> byCode.send(request));

        byOtp.otp(user.totp().now());
        byOtp.assertSignedIn();
        assertThat(holder.isDone()).as("it has waited for the row").isFalse();
        assertThat(user.admin().credentials(HelpDeskCode.CREDENTIAL)).isEmpty();

        used.join();
        byCode.assertHas(Selectors.CODE_USED_PAGE);
        assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
    }

    private static LoginClient entering(TestUser user) {
        return realm.openCodePage(user);
    }

    private static LoginClient tried(TestUser user, String code) {
        LoginClient client = entering(user);
        client.enterBackupCode(code);
        return client;
    }

    private static void otp(TestUser user, Totp app) {
        LoginClient client = realm.signInWithApp(user, app);
        client.assertSignedIn();
    }

    private static Totp setUp(LoginClient client, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(more);
        fields.put("setUp", SET_UP_APP);
        client.submit(Selectors.CODE_USED_PAGE + " form:has(#setUpApp)", fields);
        return client.setUpApp("new phone");
    }

    private static int wrongCodes(TestUser user, String type) {
        return user.admin().credentialData(type).path("guesses").path("inARow").asInt();
    }

    private static JsonNode state(TestUser user) {
        JsonNode state = user.admin().codesState();
        assertThat(OpenApiContract.faults("GET", "/users/{id}", 200, state)).isEmpty();
        return state;
    }

    private static HttpResponse<String> issue(TestUser user, Map<String, ?> body) {
        HttpResponse<String> answer = HelpDeskCode.send(realm.admin().client(), realm, user.id(), body);
        assertThat(answer.statusCode())
                .as(answer.body().replaceAll("\"code\".*", ""))
                .isEqualTo(200);
        assertThat(contract(answer)).isEmpty();
        return answer;
    }

    private static List<String> contract(HttpResponse<String> answer) {
        return OpenApiContract.faults(
                "POST", "/users/{id}/temporary-code", answer.statusCode(), OpenApiContract.body(answer.body()));
    }
}
