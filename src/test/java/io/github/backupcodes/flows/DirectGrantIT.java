package io.github.backupcodes.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Backup codes in direct grants, in the flow that the set-up makes and in one made by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectGrantIT {

    private static final String AUTHENTICATOR = "direct-grant-backup-code";
    private static final String CODE = "backup_code";
    private static final String TOTP = "totp";
    private static final String WRONG_OTP = "000000";

    /** How Keycloak refuses, since 26.6 and before. */
    private static final Set<Integer> REFUSED = Set.of(400, 401);

    private final MailServer mail = MailServer.start();
    private final SmsGateway gateway = SmsGateway.start();
    private final TestRealm realm = TestRealm.builder()
            .withoutBackupCodes()
            .with("smtpServer", mail.smtp())
            .create();
    private final RealmAdmin admin = realm.admin();

    @BeforeAll
    void setUp() {
        JsonNode done = admin.postForAnswer("/backup-codes/setup", Map.of("emailCode", true, "smsCode", true));
        admin.configureRequiredAction(SmsCodeRealm.ACTION, gateway.settings());
        assertThat(done.path("changes"))
                .extracting(JsonNode::asText)
                .contains(
                        AUTHENTICATOR
                                + " added to \"direct grant with backup codes Direct Grant - Conditional OTP\" as REQUIRED",
                        "flow \"direct grant with backup codes\" bound as the direct grant flow");
    }

    @AfterAll
    void close() {
        realm.close();
        mail.close();
        gateway.close();
    }

    /** What a client gets that sends nothing, an OTP, a code. */
    @TestFactory
    Stream<DynamicTest> whatAClientGets() {
        FlowMatrix matrix = new FlowMatrix("direct-grant");
        matrix.head(
                "Direct grant, by setup: sent besides the password",
                Arrays.stream(UserProfile.values()).map(UserProfile::words));
        FlowMatrix.People people = FlowMatrix.People.of(realm);
        Stream<DynamicTest> tests = Stream.of("nothing", TOTP, CODE)
                .map(sent -> DynamicTest.dynamicTest(sent, () -> {
                    matrix.row(Stream.concat(
                                    Stream.of(sent.equals("nothing") ? sent : "`" + sent + "`"),
                                    Arrays.stream(UserProfile.values()).map(profile -> outcome(profile, people, sent)))
                            .toList());
                }));
        return Stream.concat(tests, Stream.of(matrix.check()));
    }

    private String outcome(UserProfile profile, FlowMatrix.People people, String sent) {
        TestUser user = people.one(profile);
        Map<String, String> more = new HashMap<>();
        if (sent.equals(CODE)) {
            more.put(CODE, profile.hasCodes() ? UserProfile.LIST.code(0) : TestCodeSet.wrong());
        } else if (sent.equals(TOTP)) {
            more.put(TOTP, profile.words().contains("app") ? user.totp().now() : WRONG_OTP);
        }
        HttpResponse<String> answer = grant(user, more);
        boolean used = profile.hasCodes() && user.admin().usedBackupCodes() > 0;
        return answer.statusCode() == 200
                ? used ? "tokens, code used" : "tokens"
                : Json.read(answer.body()).path("error").asText();
    }

    @Test
    void refusalsAreThoseOfAnOtp() {
        TestUser user = user("refused");
        HttpResponse<String> missing = grant(user, Map.of());
        HttpResponse<String> wrongOtp = grant(user, Map.of(TOTP, WRONG_OTP));
        assertThat(missing.statusCode()).isIn(REFUSED);
        assertThat(Json.read(missing.body())).isEqualTo(Json.read("""
                {"error": "invalid_grant", "error_description": "Invalid user credentials"}"""));

        grant(user, Map.of(CODE, UserProfile.LIST.code(3)));
        for (String code : List.of(TestCodeSet.wrong(), UserProfile.LIST.code(3), "no code at all", "123456")) {
            HttpResponse<String> refused = grant(user, Map.of(CODE, code));
            assertThat(refused.statusCode()).isEqualTo(wrongOtp.statusCode());
            assertThat(refused.body()).isEqualTo(wrongOtp.body()).isEqualTo(missing.body());
            assertThat(refused.headers().map().keySet())
                    .isEqualTo(wrongOtp.headers().map().keySet());
        }
        assertThat(grant(
                                user,
                                Map.of(
                                        CODE,
                                        TestCodeSet.wrong(),
                                        TOTP,
                                        user.totp().now()))
                        .statusCode())
                .as("the code that was sent decides")
                .isIn(REFUSED);
        assertThat(grant(user, Map.of(CODE, " ", TOTP, user.totp().now())).statusCode())
                .as("an empty field is none")
                .isEqualTo(200);
    }

    /** The password alone is never enough, and the answer does not tell that it was right. */
    @Test
    void codesByEmailAreNotSentAndAnythingButABackupCodeIsRefusedAsAWrongOtp() {
        TestUser app = user("with-app");
        HttpResponse<String> wrongOtp = grant(app, Map.of(TOTP, WRONG_OTP));
        TestUser user =
                realm.user("by-mail").emailCode().codes(UserProfile.LIST).create();
        for (Map<String, String> more : List.of(
                Map.<String, String>of(),
                Map.of(TOTP, WRONG_OTP),
                Map.of("emailCode", "123456"),
                Map.of(CODE, TestCodeSet.wrong()))) {
            HttpResponse<String> refused = grant(user, more);
            assertThat(refused.statusCode()).as("%s", more).isEqualTo(wrongOtp.statusCode());
            assertThat(refused.body()).isEqualTo(wrongOtp.body());
        }
        assertThat(mail.mails()).noneMatch(sent -> sent.to().equals("by-mail@example.org"));
        assertThat(grant(user, Map.of(CODE, UserProfile.LIST.code(2))).statusCode())
                .isEqualTo(200);

        TestUser both = realm.user("app-and-mail").otp().emailCode().create();
        assertThat(grant(both, Map.of()).statusCode()).isIn(REFUSED);
        assertThat(grant(both, Map.of(TOTP, both.totp().now())).statusCode()).isEqualTo(200);
        assertThat(mail.mails()).noneMatch(sent -> sent.to().equals("app-and-mail@example.org"));
    }

    @Test
    void codesByTextMessageAreNotSentAndAnythingButABackupCodeIsRefusedAsAWrongOtp() {
        TestUser app = user("app-alone");
        HttpResponse<String> wrongOtp = grant(app, Map.of(TOTP, WRONG_OTP));
        TestUser alone = realm.user("by-sms").smsCode(SmsCodeRealm.number()).create();
        TestUser user = realm.user("by-sms-and-codes")
                .smsCode(SmsCodeRealm.number())
                .codes(UserProfile.LIST)
                .create();
        for (TestUser each : List.of(alone, user)) {
            for (Map<String, String> more : List.of(
                    Map.<String, String>of(),
                    Map.of(TOTP, WRONG_OTP),
                    Map.of("smsCode", "123456"),
                    Map.of(CODE, TestCodeSet.wrong()))) {
                HttpResponse<String> refused = grant(each, more);
                assertThat(refused.statusCode()).as("%s", more).isEqualTo(wrongOtp.statusCode());
                assertThat(refused.body()).isEqualTo(wrongOtp.body());
            }
        }
        assertThat(grant(user, Map.of(CODE, UserProfile.LIST.code(2))).statusCode())
                .isEqualTo(200);

        TestUser both =
                realm.user("app-and-sms").otp().smsCode(SmsCodeRealm.number()).create();
        assertThat(grant(both, Map.of()).statusCode()).isIn(REFUSED);
        assertThat(grant(both, Map.of(TOTP, both.totp().now())).statusCode()).isEqualTo(200);
        assertThat(gateway.messages()).isEmpty();
    }

    /** Keycloak gives no tokens to someone who has something left to do. */
    @Test
    void noCodeIsUsedUpWhereNoTokensWouldCome() {
        TestUser user = realm.user("busy")
                .otp()
                .codes(UserProfile.LIST)
                .requiredAction("UPDATE_PASSWORD")
                .create();
        HttpResponse<String> answer = grant(user, Map.of(CODE, UserProfile.LIST.code(0)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Account is not fully set up");
        assertThat(user.admin().usedBackupCodes()).isZero();
    }

    /** Its user had no second factor to give before, and has none now. */
    @Test
    void theCodeOfTheHelpDeskKeepsNobodyOut() {
        TestUser user = realm.user("robot").create();
        HelpDeskCode.issue(realm, user);
        assertThat(grant(user, Map.of()).statusCode()).isEqualTo(200);
    }

    /** It has to lead to a new second factor, for which there is no page here. */
    @Test
    void theCodeOfTheHelpDeskIsKeptForASignInWithPages() {
        TestUser user = user("helped");
        String code = HelpDeskCode.issue(realm, user);
        assertThat(grant(user, Map.of(CODE, code)).statusCode()).isIn(REFUSED);
        assertThat(user.admin()
                        .credentials(HelpDeskCode.CREDENTIAL)
                        .get(0)
                        .path("credentialData")
                        .asText())
                .as("not used")
                .contains("\"uses\":[]");
    }

    @Test
    void eventsSayWhichFactorItWasAndNeverTheCode() {
        TestUser user = user("events");
        grant(user, Map.of(CODE, TestCodeSet.wrong()));
        grant(user, Map.of(CODE, UserProfile.LIST.code(1)));
        JsonNode error = event("LOGIN_ERROR", user);
        assertThat(error.path("error").asText()).isEqualTo("invalid_user_credentials");
        assertThat(Event.detail(error, "credential_type")).isEqualTo(BackupCodesNames.CREDENTIAL);
        assertThat(Event.detail(error, "reason")).isEqualTo("wrong_backup_code");
        JsonNode login = event("LOGIN", user);
        assertThat(Event.detail(login, "credential_type")).isEqualTo(BackupCodesNames.CREDENTIAL);
        assertThat(Event.detail(login, "backup_codes_remaining")).isEqualTo("39");
        assertThat(login.toString() + error)
                .doesNotContain(UserProfile.LIST.code(1))
                .doesNotContain(UserProfile.LIST.code(1).replace("-", ""));
    }

    @Test
    void theLastCodeLocksNobodyOut() {
        TestCodeSet one = TestCodeSet.of(1);
        TestUser user = realm.user("last-code").otp().codes(one).create();
        assertThat(grant(user, Map.of(CODE, one.code(0))).statusCode()).isEqualTo(200);
        assertThat(event("LOGIN", user)
                        .path("details")
                        .path("backup_codes_remaining")
                        .asText())
                .isEqualTo("0");
        assertThat(user.admin().requiredActions())
                .as("that would stop the next grant")
                .isEmpty();
        assertThat(grant(user, Map.of(TOTP, user.totp().now())).statusCode()).isEqualTo(200);
        assertThat(grant(user, Map.of(CODE, one.code(0))).statusCode()).isIn(REFUSED);
    }

    @Test
    void wrongCodesLockAsWrongOtpsDoAndCountOnce() {
        try (TestRealm locking = TestRealm.builder().withoutBackupCodes().create()) {
            RealmAdmin its = locking.admin();
            its.postForAnswer("/backup-codes/setup", Map.of("directGrantFlow", true));
            its.lockAfter(3);
            TestUser user =
                    locking.user("guessing").otp().codes(UserProfile.LIST).create();
            locking.directGrant(user, Map.of(CODE, "no code at all"));
            for (int wrong = 1; wrong <= 2; wrong++) {
                locking.directGrant(user, Map.of(CODE, TestCodeSet.wrong()));
                user.admin().awaitFailures(wrong);
            }
            assertThat(locking.directGrant(user, Map.of(CODE, UserProfile.LIST.code(0)))
                            .statusCode())
                    .isEqualTo(200);
            user.admin().awaitFailures(0);
            for (int wrong = 1; wrong <= 3; wrong++) {
                locking.directGrant(
                        user, Map.of(wrong == 2 ? TOTP : CODE, wrong == 2 ? WRONG_OTP : TestCodeSet.wrong()));
                user.admin().awaitFailures(wrong);
            }
            assertThat(locking.directGrant(user, Map.of(CODE, UserProfile.LIST.code(1)))
                            .statusCode())
                    .isIn(REFUSED);
            assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
        }
    }

    @Test
    void theSetHasItsOwnLimitHereToo() {
        TestUser user = user("own-limit");
        for (int wrong = 0; wrong < 10; wrong++) {
            grant(user, Map.of(CODE, TestCodeSet.wrong()));
        }
        assertThat(grant(user, Map.of(CODE, UserProfile.LIST.code(0))).statusCode())
                .isIn(REFUSED);
        assertThat(event("LOGIN_ERROR", user).path("details").path("reason").asText())
                .isEqualTo("backup_codes_paused");
        assertThat(grant(user, Map.of(TOTP, user.totp().now())).statusCode())
                .as("the pause is for codes only")
                .isEqualTo(200);
    }

    @Test
    void anAlternativeBelowKeycloaksOwnCheckWorksToo() {
        try (TestRealm own = TestRealm.builder().withoutBackupCodes().create()) {
            RealmAdmin its = own.admin();
            its.copyFlow("direct grant", "mine");
            its.requireExecution("mine", its.execution("mine", "direct-grant-validate-otp"), "ALTERNATIVE");
            its.addExecution("mine Direct Grant - Conditional OTP", AUTHENTICATOR, "ALTERNATIVE");
            its.update(Map.of("directGrantFlow", "mine"));
            TestUser user = own.user("by-hand").otp().codes(UserProfile.LIST).create();
            assertThat(own.directGrant(user, Map.of()).statusCode()).isIn(REFUSED);
            assertThat(own.directGrant(user, Map.of(TOTP, user.totp().now())).statusCode())
                    .isEqualTo(200);
            assertThat(own.directGrant(user, Map.of(CODE, UserProfile.LIST.code(0)))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void oneOfEightGrantsAtOnceGetsTokensForACode() throws Exception {
        TestUser user = user("at-once");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CyclicBarrier together = new CyclicBarrier(8);
        List<Future<Integer>> grants = threads.invokeAll(Collections.nCopies(8, () -> {
            together.await();
            return grant(user, Map.of(CODE, UserProfile.LIST.code(5))).statusCode();
        }));
        threads.shutdown();
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> grant : grants) {
            answers.add(grant.get());
        }
        assertThat(answers).containsOnlyOnce(200).allMatch(status -> status == 200 || REFUSED.contains(status));
    }

    private TestUser user(String name) {
        return realm.user(name).otp().codes(UserProfile.LIST).create();
    }

    private HttpResponse<String> grant(TestUser user, Map<String, String> more) {
        return realm.directGrant(user, more);
    }

    private JsonNode event(String type, TestUser user) {
        return admin.events(type).stream()
                .filter(event -> event.path("userId").asText().equals(user.id()))
                .findFirst()
                .orElseThrow();
    }
}
