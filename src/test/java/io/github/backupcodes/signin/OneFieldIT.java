package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One field for an OTP or a backup code: an OTP is what it is in Keycloak's form, and a code what it is in ours. */
class OneFieldIT {

    private static final TestCodeSet CODES = TestCodeSet.of(3);
    private static final String INVALID_OTP = "Invalid authenticator code.";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @AutoClose
    private static final TestRealm realm = TestRealm.builder()
            .oneField()
            .policy("max-failures", "4")
            .policy("low-threshold", "0")
            .create();

    @AutoClose
    private static final TestRealm keycloaks = TestRealm.create();

    @BeforeAll
    static void prepareRealms() {
        for (TestRealm each : List.of(realm, keycloaks)) {
            each.admin().lockAfter(30);
            each.admin()
                    .requireExecution(
                            TestRealm.FLOW,
                            each.admin().execution(TestRealm.FLOW, "webauthn-authenticator"),
                            "ALTERNATIVE");
        }
    }

    @Test
    void anOtpDoesWhatItDoesInKeycloaksForm() {
        keycloaks.admin().update(Map.of("otpPolicyCodeReusable", false));
        realm.admin().update(Map.of("otpPolicyCodeReusable", false));
        try {
            List<String> asKeycloak = transcript(keycloaks, "alice", false);
            assertThat(asKeycloak).hasSize(7).last().asString().startsWith("in");
            assertThat(transcript(realm, "alice", false)).as("without codes").isEqualTo(asKeycloak);
            assertThat(transcript(realm, "alina", true)).as("with codes").isEqualTo(asKeycloak);
        } finally {
            realm.admin().update(Map.of("otpPolicyCodeReusable", true));
            keycloaks.admin().update(Map.of("otpPolicyCodeReusable", true));
        }
    }

    /** What becomes of right, wrong and used OTPs of two devices, with the events and the count of failures. */
    private static List<String> transcript(TestRealm in, String name, boolean codes) {
        Totp phone = Totp.random();
        Totp tablet = Totp.random();
        TestUser.Builder builder = in.user(name).otp(phone);
        TestUser user = (codes ? builder.codes(CODES) : builder).create();
        Map<String, Object> other = new HashMap<>(tablet.credential());
        other.put("userLabel", "tablet");
        user.admin().update(Map.of("credentials", List.of(other)));
        List<JsonNode> devices = user.admin().credentials("otp");
        String first = devices.get(0).path("id").asText();
        String second = devices.get(1).path("id").asText();
        String used = phone.now();
        String ofTablet = tablet.now();

        List<String> lines = new ArrayList<>();
        lines.add(enter(in, user, "", phone.wrong()));
        lines.add(enter(in, user, second, phone.wrong()));
        lines.add(enter(in, user, second, used));
        lines.add(enter(in, user, first, used));
        lines.add(enter(in, user, first, used));
        lines.add(enter(in, user, "", ofTablet));
        lines.add(enter(in, user, second, ofTablet));
        return lines.stream()
                .map(line -> line.replace(first, "first").replace(second, "second"))
                .toList();
    }

    private static String enter(TestRealm in, TestUser user, String device, String typed) {
        int before = user.admin().failures();
        in.admin().clearEvents();
        LoginClient client = in.signIn(user);
        client.submit(Selectors.OTP_FORM, Map.of("otp", typed, "selectedCredentialId", device));
        boolean in2 = client.isSignedIn();
        int after = in2 ? 0 : before + 1;
        await().atMost(PATIENCE).until(() -> user.admin().failures() == after);
        Set<String> events = new TreeSet<>();
        for (JsonNode event : in.admin().events()) {
            if (event.path("type").asText().startsWith("LOGIN")) {
                Set<String> details = new TreeSet<>();
                event.path("details").fieldNames().forEachRemaining(details::add);
                events.add(event.path("type").asText() + " "
                        + event.path("error").asText() + " "
                        + Event.detail(event, "selected_credential_id") + " " + details);
            }
        }
        return (in2 ? "in " : client.page().error() + " ") + events;
    }

    @Test
    void anOtpMayBeTypedAsTheAppShowsIt() {
        TestUser user = realm.user("spaced").otp().codes(CODES).create();
        LoginClient client = open(user);
        String otp = user.totp().now();
        client.otpOrBackupCode(" " + otp.substring(0, 3) + " " + otp.substring(3) + "\u200e");
        client.assertSignedIn();
    }

    @Test
    void whoHasNoCodesHearsNothingOfThem() {
        TestUser user = realm.user("without").otp().create();
        LoginClient client = open(user);
        assertThat(client.page().text("main, #kc-content")).doesNotContainIgnoringCase("backup");
        client.page().assertHasNo("details");

        HttpPage page = client.otpOrBackupCode(CODES.code(0));
        assertThat(page.error()).isEqualTo(INVALID_OTP);
        assertThat(page.text("main, #kc-content")).doesNotContainIgnoringCase("backup");
        user.admin().awaitFailures(1);
        assertThat(client.submit(Selectors.OTP_FORM, Map.of(BackupCodesNames.FIELD, CODES.code(0), "otp", ""))
                        .error())
                .isEqualTo(INVALID_OTP);
        user.admin().awaitFailures(2);
        client.otpOrBackupCode(user.totp().now());
        client.assertSignedIn();
    }

    @Test
    void aBackupCodeOpensTheDoorOnce() {
        TestUser user = realm.user("codes").otp().codes(CODES).create();
        realm.admin().clearEvents();
        LoginClient client = open(user);
        assertThat(client.page().text("summary")).isEqualTo("Lost your phone? Use a backup code");
        client.otpOrBackupCode(CODES.code(1).toLowerCase(Locale.ROOT).replace('-', ' '));
        client.assertSignedIn();
        assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
        Event.assertOnly(
                realm.admin().events("LOGIN"),
                Map.of(
                        "credential_type",
                        BackupCodesNames.CREDENTIAL,
                        "backup_codes_remaining",
                        "2",
                        "selected_credential_id",
                        ""));

        LoginClient again = open(user);
        HttpPage page = again.otpOrBackupCode(CODES.code(1));
        page.assertError("backupCodeErrorUsed");
        page.assertHas("details[open]", "says how to enter a code");
        user.admin().awaitFailures(1);
        assertThat(page.body()).doesNotContain(CODES.code(1));
        again.otpOrBackupCode(CODES.code(2));
        again.assertSignedIn();
        user.admin().awaitFailures(0);
    }

    @Test
    void theNameOfTheFieldOfTheOtherFormIsTakenToo() {
        TestUser user = realm.user("other-field").otp().codes(CODES).create();
        LoginClient client = open(user);
        assertThat(client.submit(
                                Selectors.OTP_FORM,
                                Map.of(BackupCodesNames.FIELD, user.totp().now()))
                        .error())
                .as("an OTP is no backup code")
                .isNotEmpty();
        client.assertNotSignedIn();
        client.submit(Selectors.OTP_FORM, Map.of("otp", "", BackupCodesNames.FIELD, CODES.code(0)));
        assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
        client.continueSignIn();
        client.assertSignedIn();

        LoginClient both = open(user);
        both.submit(Selectors.OTP_FORM, Map.of("otp", user.totp().now(), BackupCodesNames.FIELD, CODES.code(1)));
        both.assertSignedIn();
        assertThat(user.admin().usedBackupCodes()).as("not spent beside an OTP").isEqualTo(1);
    }

    @Test
    void everyRefusalHasItsTextAndCountsAtMostOnce() {
        TestCodeSet older = TestCodeSet.of(1);
        TestUser user = realm.user("refused")
                .otp()
                .codes(CODES.used(0).replacing(older))
                .create();
        LoginClient client = open(user);
        int counted = 0;
        for (String[] row : new String[][] {
            {"", Messages.of("backupCodeOrOtpErrorEmpty"), "mistyped_backup_code", ""},
            {"12345", wrongLength("5"), "mistyped_backup_code", ""},
            {"12345678", wrongLength("8"), "mistyped_backup_code", ""},
            {mistyped(CODES.code(1)), Messages.of("backupCodeErrorMistyped"), "mistyped_backup_code", ""},
            {CODES.code(0), Messages.of("backupCodeErrorUsed"), "backup_code_already_used", "counts"},
            {older.code(0), Messages.of("backupCodeErrorReplaced"), "backup_code_of_replaced_set", "counts"},
            {TestCodeSet.wrong(), Messages.of("backupCodeErrorWrong"), "wrong_backup_code", "counts"},
            {user.totp().wrong(), INVALID_OTP, "", "counts"},
        }) {
            realm.admin().clearEvents();
            assertThat(client.otpOrBackupCode(row[0]).error()).isEqualTo(row[1]);
            counted += row[3].isEmpty() ? 0 : 1;
            user.admin().awaitFailures(counted);
            assertThat(realm.admin().events("LOGIN_ERROR")).singleElement().satisfies(event -> {
                assertThat(event.path("error").asText()).isEqualTo("invalid_user_credentials");
                assertThat(Event.detail(event, "reason")).isEqualTo(row[2]);
            });
        }
        // what is counted late would still be seen
        user.admin().assertFailuresStay(4);
        assertThat(user.admin().backupCodes().path("guesses").path("inARow").asInt(-1))
                .as("%s", user.admin().backupCodes())
                .isEqualTo(1);
        client.otpOrBackupCode(CODES.code(1));
        client.assertSignedIn();
    }

    private static String wrongLength(String typed) {
        return Messages.of("backupCodeOrOtpErrorMistyped", "6", "15", typed, "\u2066ABCDE\u2011FGHJK\u2011MNPQR\u2069");
    }

    @Test
    void digitsAsLongAsAnOtpAreAnOtpFirst() {
        TestCodeSet digits = TestCodeSet.of(2, new CodeFormat(Alphabet.DIGITS, 6));
        TestUser user = realm.user("six-digits").otp().codes(digits).create();
        LoginClient first = open(user);
        first.otpOrBackupCode(user.totp().now());
        first.assertSignedIn();
        assertThat(user.admin().usedBackupCodes()).isZero();
        assertThat(user.admin().backupCodes().has("guesses")).isFalse();

        LoginClient second = open(user);
        String neither = Stream.iterate(0, number -> number + 1)
                .map(number -> String.format(Locale.ROOT, "%06d", 424_242 + number))
                .filter(number -> !number.equals(user.totp().now()))
                .filter(number -> !digits.code(0).replace("-", "").equals(number))
                .filter(number -> !digits.code(1).replace("-", "").equals(number))
                .findFirst()
                .orElseThrow();
        realm.admin().clearEvents();
        second.otpOrBackupCode(neither).assertError("backupCodeOrOtpErrorWrong");
        user.admin().awaitFailures(1);
        assertThat(realm.admin().events("LOGIN_ERROR")).singleElement().satisfies(event -> {
            assertThat(Event.detail(event, "reason")).isEqualTo("wrong_backup_code");
            assertThat(Event.detail(event, "selected_credential_id")).isNotEmpty();
        });
        assertThat(inARow(user)).isEqualTo(1);
        second.otpOrBackupCode(digits.code(1));
        second.assertSignedIn();
        assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
        user.admin().awaitFailures(0);

        LoginClient third = open(user);
        third.otpOrBackupCode(digits.code(1)).assertError("backupCodeErrorUsed");
        user.admin().awaitFailures(1);
        // with the replay these are four in vain
        for (int wrong = 1; wrong <= 3; wrong++) {
            third.otpOrBackupCode(neither);
            user.admin().awaitFailures(1 + wrong);
        }
        assertThat(inARow(user)).isEqualTo(3);
        HttpPage paused = third.otpOrBackupCode(digits.code(0));
        assertThat(paused.texts(".bc-error")).containsExactly(INVALID_OTP, Messages.of("backupCodeErrorPaused", 15));
        user.admin().awaitFailures(5);
        assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
        third.otpOrBackupCode(user.totp().now());
        third.assertSignedIn("the pause is for backup codes");
    }

    @Test
    void aPauseAndTheEndOfASetAreForCodesOnly() {
        TestUser user = realm.user("paused")
                .otp()
                .codes(CODES.guessed(4, Instant.now().plusSeconds(270)))
                .create();
        LoginClient client = open(user);
        client.otpOrBackupCode(CODES.code(0)).assertError("backupCodeErrorPaused", 5);
        client.otpOrBackupCode(user.totp().now());
        client.assertSignedIn();

        TestUser late = realm.user("expired")
                .otp()
                .codes(CODES.expiringAt(Instant.now().minusSeconds(5)))
                .create();
        realm.admin().clearEvents();
        LoginClient other = open(late);
        other.page().assertText("details .bc-note", "backupCodeErrorExpired");
        other.page().assertHasNo("[data-code-length]", "the field is for an OTP");
        other.otpOrBackupCode(CODES.code(0)).assertError("backupCodeErrorExpired");
        Event.assertOnly(realm.admin().events("LOGIN_ERROR"), Map.of("reason", "backup_codes_expired"));
        other.otpOrBackupCode(late.totp().now());
        assertThat(other.isInvited()).as("to make new ones: %s", other.page()).isTrue();
        other.notNow();
        other.assertSignedIn();
        assertThat(late.admin().failures()).isZero();
    }

    @Test
    void theLastCodeAsksForNewOnes() {
        TestCodeSet one = TestCodeSet.of(1);
        TestUser user = realm.user("last").otp().codes(one).create();
        LoginClient client = open(user);
        client.otpOrBackupCode(one.code(0));
        assertThat(client.isAfterUse())
                .as("cannot be skipped: %s", client.page())
                .isTrue();
        assertThat(client.makeCodes().backupCodes()).hasSize(10);
    }

    @Test
    void wrongInputOfBothKindsLocksAtTheNumberOfTheRealm() {
        try (TestRealm locking =
                TestRealm.builder().oneField().policy("low-threshold", "0").create()) {
            locking.admin().lockAfter(4);
            TestUser user = locking.user("locked").otp().codes(CODES).create();
            LoginClient openBefore = open(locking, user);
            LoginClient client = open(locking, user);
            client.otpOrBackupCode(user.totp().wrong());
            user.admin().awaitFailures(1);
            client.otpOrBackupCode(TestCodeSet.wrong());
            user.admin().awaitFailures(2);
            client.otpOrBackupCode("1");
            client.otpOrBackupCode(user.totp().wrong());
            user.admin().awaitFailures(3);
            assertThat(user.admin().bruteForce().path("disabled").asBoolean()).isFalse();
            client.otpOrBackupCode(TestCodeSet.wrong());
            user.admin().awaitFailures(4);
            assertThat(user.admin().bruteForce().path("disabled").asBoolean()).isTrue();

            locking.admin().clearEvents();
            for (LoginClient each : List.of(client, openBefore)) {
                each.otpOrBackupCode(CODES.code(0)).assertError("backupCodeErrorLocked");
                each.otpOrBackupCode(TestCodeSet.wrong()).assertError("backupCodeErrorLocked");
                assertThat(each.otpOrBackupCode(user.totp().now()).error()).isEqualTo(INVALID_OTP);
                each.assertNotSignedIn();
            }
            assertThat(user.admin().usedBackupCodes()).isZero();
            assertThat(user.admin().failures()).isEqualTo(4);
            assertThat(locking.admin().events("LOGIN_ERROR"))
                    .extracting(event -> event.path("error").asText())
                    .as("as Keycloak's form")
                    .containsOnly("user_temporarily_disabled", "invalid_authentication_session");

            user.admin().forgiveFailures();
            client.otpOrBackupCode(CODES.code(0));
            client.assertSignedIn("after the lock was lifted");
            openBefore.otpOrBackupCode(user.totp().now());
            openBefore.assertSignedIn();
        }
    }

    @Test
    void oneOfEightSessionsGetsInWithTheSameCode() throws Exception {
        // with its detection of brute force Keycloak takes one attempt of a user at a time
        realm.admin().update(Map.of("bruteForceProtected", false));
        TestUser user = realm.user("raced").otp().codes(CODES).create();
        List<LoginClient> clients = Stream.generate(() -> open(user)).limit(8).toList();
        List<HttpRequest> requests = clients.stream()
                .map(client -> client.prepare(Selectors.OTP_FORM, Map.of("otp", CODES.code(2))))
                .toList();
        CyclicBarrier start = new CyclicBarrier(clients.size());
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        try {
            List<Future<HttpPage>> running = new ArrayList<>();
            for (int i = 0; i < clients.size(); i++) {
                LoginClient client = clients.get(i);
                HttpRequest request = requests.get(i);
                running.add(threads.submit(() -> {
                    start.await();
                    client.send(request);
                    return client.continueSignIn();
                }));
            }
            for (Future<HttpPage> each : running) {
                assertThat(each.get().status()).isLessThan(500);
            }
        } finally {
            threads.shutdownNow();
            realm.admin().update(Map.of("bruteForceProtected", true));
        }
        assertThat(clients.stream().filter(LoginClient::isSignedIn)).hasSize(1);
        assertThat(clients.stream().filter(client -> !client.isSignedIn()).map(client -> client.page()
                        .error()))
                .as("replays bring the pause")
                .contains(Messages.of("backupCodeErrorUsed"))
                .isSubsetOf(Messages.of("backupCodeErrorUsed"), Messages.of("backupCodeErrorPaused", 15));
        assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
    }

    @Test
    void besideASecurityKeyTheCodesComeLast() {
        TestUser user = realm.user("key").codes(CODES).create();
        giveKey(user);
        LoginClient client = open(user);
        client.assertHas("#webauth, [name=credentialId]");
        assertThat(client.tryAnotherWay().texts("#kc-select-credential-form ~ *, .pf-c-list-view, li, h2"))
                .anyMatch(text -> text.contains("Backup code"))
                .noneMatch(text -> text.contains("Authenticator"));
        client.choose(realm.admin().execution(TestRealm.FLOW, BackupCodesNames.ONE_FIELD));
        client.backupCode(CODES.code(0));
        client.assertSignedIn();

        TestUser keyAlone = realm.user("key-alone").create();
        giveKey(keyAlone);
        LoginClient forcing = open(keyAlone);
        forcing.choose(realm.admin().execution(TestRealm.FLOW, BackupCodesNames.ONE_FIELD));
        forcing.page().assertHasNo("[name=otp], [name=backupCode]");
        forcing.assertNotSignedIn();
    }

    @Test
    void theListOfWaysSpeaksOfCodesToWhomHasSome() {
        for (String[] row : new String[][] {
            {"ways-with", "Authenticator app or backup code"}, {"ways-without", "Authenticator Application"}
        }) {
            TestUser.Builder builder = realm.user(row[0]).otp();
            TestUser user = (row[0].equals("ways-with") ? builder.codes(CODES) : builder).create();
            giveKey(user);
            LoginClient client = open(user);
            client.page().assertHas(Selectors.OTP_FORM, "the OTP is the older one");
            assertThat(client.tryAnotherWay().document().body().text()).contains(row[1]);
        }
    }

    @Test
    void codesAloneAreNotAskedForAndNothingIsSetUp() {
        TestUser codes = realm.user("codes-alone").codes(CODES).create();
        TestUser nothing = realm.user("nothing").create();
        for (TestUser user : List.of(codes, nothing)) {
            LoginClient client = realm.signIn(user);
            client.assertSignedIn();
        }
    }

    @Test
    void whereItIsRequiredANewUserSetsUpAnApp() {
        try (TestRealm strict = TestRealm.builder().oneField().create()) {
            String conditional = "Browser - Conditional 2FA";
            JsonNode flow = strict.admin().executions(TestRealm.FLOW).stream()
                    .filter(info -> info.path("displayName").asText().endsWith(conditional))
                    .findFirst()
                    .orElseThrow();
            strict.admin().requireExecution(TestRealm.FLOW, flow.path("id").asText(), "REQUIRED");
            for (String condition : List.of("conditional-user-configured", "conditional-credential")) {
                strict.admin()
                        .requireExecution(
                                TestRealm.FLOW, strict.admin().execution(TestRealm.FLOW, condition), "DISABLED");
            }
            strict.admin()
                    .requireExecution(
                            TestRealm.FLOW,
                            strict.admin().execution(TestRealm.FLOW, BackupCodesNames.ONE_FIELD),
                            "REQUIRED");
            LoginClient nothing = strict.newBrowser();
            nothing.signIn(strict.user("nothing").create());
            nothing.assertHas(Selectors.APP_SETUP_FORM);

            TestUser codes = strict.user("codes").codes(CODES).create();
            LoginClient client = strict.signIn(codes);
            client.backupCode(CODES.code(0));
            client.assertSignedIn();
        }
    }

    private static void giveKey(TestUser user) {
        user.admin().update(Map.of("credentials", List.of(TestUser.SECURITY_KEY)));
    }

    private static LoginClient open(TestUser user) {
        return open(realm, user);
    }

    private static LoginClient open(TestRealm in, TestUser user) {
        return in.signIn(user);
    }

    private static String mistyped(String code) {
        return (code.charAt(0) == '7' ? '8' : '7') + code.substring(1);
    }

    private static int inARow(TestUser user) {
        return user.admin().backupCodes().path("guesses").path("inARow").asInt(-1);
    }
}
