package io.github.backupcodes.emailcode;

import static io.github.backupcodes.emailcode.EmailCodeRealm.AGAIN;
import static io.github.backupcodes.emailcode.EmailCodeRealm.FORM;
import static io.github.backupcodes.emailcode.EmailCodeRealm.TYPE;
import static io.github.backupcodes.emailcode.EmailCodeRealm.again;
import static io.github.backupcodes.emailcode.EmailCodeRealm.enter;
import static io.github.backupcodes.emailcode.EmailCodeRealm.otherThan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.race.server.NotificationResource;
import io.github.backupcodes.race.server.ReadOnlyUserStorageProvider;
import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.ReadOnlyStorage;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.StepUpFlow;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestEmailCode;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.UserAdmin;
import io.github.backupcodes.support.server.SharedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailCodeSignInIT {

    private static final TestCodeSet CODES = TestCodeSet.of(3);

    private static EmailCodeRealm realm;

    @BeforeAll
    static void start() {
        realm = EmailCodeRealm.create();
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @Test
    void aCodeIsSentToTheAddressAndSignsInOnce() {
        TestUser alice = realm.user("alice").create();
        LoginClient client = realm.open(alice);

        assertThat(client.page().text("#verificationCodeSent"))
                .contains("6", "a•••@example.org", "5 min")
                .doesNotContain("alice@");
        String code = realm.awaitCode(alice, 1);
        MailServer.Mail mail = realm.mails().mails().stream()
                .filter(sent -> sent.to().equals("alice@example.org"))
                .findFirst()
                .orElseThrow();
        assertThat(mail.subject()).doesNotContain(code);
        assertThat(mail.text()).contains(realm.realm().name(), "127.0.0.1", "app", "alice");
        assertThat(mail.html()).contains(code);

        LoginClient other = realm.realm().signIn(alice);
        enter(client, code).assertSignedIn();
        assertThat(client.tokens().path("access_token").asText()).isNotEmpty();
        assertThat(alice.admin()
                        .events("LOGIN")
                        .get(0)
                        .path("details")
                        .path("credential_type")
                        .asText())
                .isEqualTo(TYPE);
        assertThat(other.page().has(FORM))
                .as("another browser gets no second message")
                .isFalse();
        assertThat(other.page().text("#verification-code")).contains(Messages.of("verificationCodeElsewhere"));
        assertThat(realm.codes(alice)).hasSize(1);
    }

    @Test
    void nothingButAskingForItSendsAgain() {
        TestUser bob = realm.user("bob").codes(CODES).create();
        LoginClient client = realm.realm().signIn(bob);
        client.choose(realm.execution());
        client.assertHas(FORM);
        String code = realm.awaitCode(bob, 1);
        for (int i = 0; i < 20; i++) {
            EmailCodeRealm.reload(client);
        }
        client.choose(realm.realm().backupCodeExecution());
        client.choose(realm.execution());
        LoginClient tab = client.newTab();
        tab.open();
        if (!tab.page().has(FORM)) {
            tab.password(bob);
            tab.choose(realm.execution());
        }
        tab.assertHas(FORM);
        again(client);

        assertThat(client.page().text(AGAIN)).matches(".*\\b\\d+ s.*");
        assertThat(realm.codes(bob)).hasSize(1);
        enter(client, code).assertSignedIn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s %s", "%s-%s", " %s%s ", "%s\u00a0%s"})
    void separatorsAndSpacesDoNotMatter(String form) {
        TestUser user = realm.user("format" + form.hashCode()).create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(user, 1);

        enter(client, form.formatted(code.substring(0, 3), code.substring(3))).assertSignedIn();
    }

    @Test
    void digitsOfOtherScriptsAreRead() {
        TestUser user = realm.user("scripts").create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(user, 1);
        StringBuilder arabic = new StringBuilder();
        code.chars().forEach(digit -> arabic.append((char) (digit - '0' + '\u0660')));

        enter(client, arabic.toString()).assertSignedIn();
    }

    @Test
    void whatIsNoCodeIsToldAndNotCounted() {
        TestUser user = realm.user("malformed").create();
        LoginClient client = realm.open(user);
        for (String typed : List.of("12345", "1234567", "abcdef")) {
            enter(client, typed);
            assertThat(client.page().error()).contains("6");
        }
        enter(client, "  ");
        assertThat(client.page().error()).isEqualTo(Messages.of("verificationCodeErrorEmpty"));

        assertThat(user.admin().credentialData(TYPE).has("guesses")).isFalse();
        enter(client, realm.awaitCode(user, 1)).assertSignedIn();
    }

    @Test
    void fiveWrongCodesUseUpTheChallengeAndANewOneKeepsTheCount() {
        TestUser user = realm.user("guesser").create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(user, 1);
        for (int i = 0; i < 4; i++) {
            enter(client, otherThan(code));
            assertThat(client.page().error()).isEqualTo(Messages.of("verificationCodeErrorWrong"));
        }
        enter(client, otherThan(code));
        assertThat(client.page().text("#verification-code")).contains(Messages.of("verificationCodeErrorTooManyTries"));
        assertThat(client.page().has(FORM)).isFalse();
        assertThat(guesses(user)).isEqualTo("5/5");

        again(client);
        String next = realm.awaitCode(user, 2);
        assertThat(next).isNotEqualTo(code);
        assertThat(client.page().text("#verificationCodeAnswer")).isEqualTo(Messages.of("verificationCodeSentNew"));
        for (int i = 0; i < 5; i++) {
            enter(client, otherThan(next));
        }
        assertThat(guesses(user)).isEqualTo("10/10");
        assertThat(client.page().has(FORM)).as("paused").isFalse();
        assertThat(client.page().text("#verification-code")).startsWith("Too many incorrect codes.");
        LoginClient elsewhere = realm.realm().signIn(user);
        assertThat(elsewhere.page().text("#verification-code")).startsWith("Too many incorrect codes.");
        assertThat(realm.codes(user)).hasSize(2);
        assertThat(realm.mails()
                        .await(
                                mail -> mail.to().startsWith("guesser@")
                                        && mail.subject().equals(Messages.of("emailCodeMailPausedSubject")),
                                "the pause"))
                .isNotNull();
        elsewhere.assertNotSignedIn();
    }

    @Test
    void anAcceptedCodeClearsTheRowAndHalvesTheTotal() {
        TestUser user = guessed("halved", 7, 61);
        enter(realm.open(user), realm.awaitCode(user, 1)).assertSignedIn();

        assertThat(guesses(user)).isEqualTo("0/30");
    }

    @Test
    void theHundredthWrongCodeDisablesTheFactorAndThePasswordAloneSignsNobodyIn() {
        TestUser user = guessed("disabled", 1, 99);
        LoginClient client = realm.open(user);
        enter(client, otherThan(realm.awaitCode(user, 1)));
        assertThat(client.page().text("#verification-code"))
                .contains(Messages.of("verificationCodeErrorDisabledEmail"));
        client = realm.realm().signIn(user);
        client.assertNotSignedIn();
        assertThat(client.page().text("#verification-code"))
                .contains(Messages.of("verificationCodeErrorDisabledEmail"));
        realm.mails().await(Messages.of("emailCodeMailDisabledSubject"));
    }

    @Test
    void aChangedOrUnverifiedAddressIsRefusedWithAPage() {
        TestUser user = realm.user("moved").create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(user, 1);
        user.admin().update(Map.of("email", "elsewhere@example.org", "emailVerified", true));

        enter(client, code).assertNotSignedIn();
        assertThat(client.page().text("#verification-code"))
                .contains(Messages.of("verificationCodeErrorNotConfirmedEmail"));
        client = realm.realm().signIn(user);
        client.assertNotSignedIn();
        assertThat(client.page().text("#verification-code"))
                .contains(Messages.of("verificationCodeErrorNotConfirmedEmail"));

        user.admin().update(Map.of("email", "moved@example.org", "emailVerified", false));
        client = realm.realm().signIn(user);
        client.assertNotSignedIn();
        assertThat(realm.mails().mails()).noneMatch(mail -> mail.to().startsWith("elsewhere@"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFactorRemovedWhileThePageIsOpenLeadsBackToTheFlow(boolean entersCode) {
        TestUser user = realm.user("removed-" + entersCode).create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(user, 1);
        user.admin().deleteCredentials(TYPE);
        if (entersCode) {
            enter(client, code);
        } else {
            again(client);
        }

        assertThat(client.page().status()).isLessThan(400);
        assertThat(user.admin().events("LOGIN")).isEmpty();
    }

    /** Between sending and entering: neither a code nor a click on “send again” is of use to an account that is gone. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCodeDoesNotOutliveTheAccount(boolean deleted) {
        TestUser user = realm.user(deleted ? "deleted" : "switched-off").create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(user, 1);
        LoginClient tab = client.newTab();
        tab.open();
        tab.password(user);
        tab.assertHas(FORM);
        if (deleted) {
            user.admin().delete();
        } else {
            user.admin().update(Map.of("enabled", false));
        }

        again(tab).assertNotSignedIn();
        enter(client, code).assertNotSignedIn();
        assertThat(List.of(tab.page().status(), client.page().status())).allMatch(status -> status < 500);
        assertThat(realm.codes(user)).hasSize(1);
        if (!deleted) {
            assertThat(guesses(user)).as("nothing was compared").isEqualTo("0/0");
        }
    }

    /** Between the queue and the mail server: four mails hang, as many as a realm sends at once, and the others wait behind them. */
    @Test
    void whatWaitsIsNotSentToAnAccountThatIsGoneDisabledLockedOrMoved() throws IOException {
        try (EmailCodeRealm other = EmailCodeRealm.create()) {
            other.realm().admin().lockAfter(1);
            TestUser deleted = other.user("deleted").create();
            TestUser disabled = other.user("disabled").create();
            TestUser locked = other.user("locked").create();
            TestUser moved = other.user("moved").create();
            TestUser last = other.user("last").create();
            try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                Map<String, String> hangs = new HashMap<>(MailServer.smtp(silent.getLocalPort()));
                hangs.put("timeout", "300000");
                other.realm().admin().update(Map.of("smtpServer", hangs));
                for (int i = 0; i < 4; i++) {
                    other.open(other.user("hanging" + i).create());
                }
                List.of(deleted, disabled, locked, moved, last).forEach(other::open);

                deleted.admin().delete();
                disabled.admin().update(Map.of("enabled", false));
                other.realm().newBrowser().signIn(locked.username(), "wrong");
                locked.admin().awaitFailures(1);
                moved.admin().update(Map.of("email", "elsewhere@example.org"));
                other.realm().admin().update(Map.of("smtpServer", other.mails().smtp()));
            }

            other.awaitCode(last, 1);
            await().until(() -> dropped(other) == 4);
            assertThat(other.mails().mails()).hasSize(1);
        }
    }

    /** Ids of users without import have up to 255 characters, and can end as Keycloak's keys of revoked tokens do. */
    @Test
    void aUserWithoutImportSetsTheFactorUpAndSignsInWhateverTheId() {
        try (EmailCodeRealm other = EmailCodeRealm.create()) {
            String storage = ReadOnlyStorage.in(other.realm());
            int left = 255 - ("f:" + storage + ":").length();
            String name = ReadOnlyUserStorageProvider.PREFIX
                    + "x".repeat(left - ReadOnlyUserStorageProvider.PREFIX.length() - ".revoked".length())
                    + ".revoked";
            UserAdmin admin = other.realm().admin().user("f:" + storage + ":" + name);
            TestUser user = new TestUser(name, ReadOnlyUserStorageProvider.PASSWORD, null, admin);
            LoginClient client = other.realm().signInFor(user, EmailCodeRealm.ACTION);
            client.submit("#email-code-send-form", Map.of("send", "true"));
            enter(client, newest(other, 1)).assertSignedIn();

            client = other.open(user);
            String code = newest(other, 2);
            enter(client, otherThan(code));
            assertThat(guesses(user)).isEqualTo("1/1");
            enter(client, code).assertSignedIn();
            assertThat(guesses(user)).isEqualTo("0/0");
            LoginClient next = other.open(user);
            enter(next, code).assertNotSignedIn();
            enter(next, newest(other, 3)).assertSignedIn();
        }
    }

    private static String newest(EmailCodeRealm where, int count) {
        await().until(() -> codes(where).size() >= count);
        return codes(where).get(count - 1);
    }

    private static List<String> codes(EmailCodeRealm where) {
        return where.mails().mails().stream()
                .filter(MailServer.Mail::hasCode)
                .map(MailServer.Mail::code)
                .toList();
    }

    private static double dropped(EmailCodeRealm where) throws IOException, InterruptedException {
        String metrics = LoginClient.connections()
                .send(
                        HttpRequest.newBuilder(URI.create(SharedServer.get().managementUrl() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith("backup_codes_messages_total")
                        && line.contains("realm=\"" + where.realm().name() + "\"")
                        && line.contains("outcome=\"dropped\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** In a rolling update, and after a downgrade. */
    @Test
    void whatALaterVersionHasAddedToTheRowIsKept() {
        JsonNode later = Json.read("{\"of\":[1]}");
        TestUser user = realm.realm()
                .user("later")
                .credential(Map.of(
                        "type", "email-code",
                        "credentialData",
                                "{\"version\":1,\"later\":{\"of\":[1]},\"accepted\":[],"
                                        + "\"guesses\":{\"inARow\":1,\"inAll\":4,\"later\":{\"of\":[1]}}}",
                        "secretData", "{\"version\":1,\"later\":{\"of\":[1]},\"destination\":\"later@example.org\"}"))
                .create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(user, 1);
        enter(client, otherThan(code));
        assertThat(user.admin().credentialData("email-code").at("/guesses/later"))
                .isEqualTo(later);
        enter(client, code).assertSignedIn();

        JsonNode row = realm.realm()
                .admin()
                .get("/" + RowLockResourceFactory.ID + "/" + user.admin().credentialId("email-code") + "/data");
        assertThat(Json.read(row.path("credentialData").asText()).path("later")).isEqualTo(later);
        assertThat(Json.read(row.path("secretData").asText()).path("later")).isEqualTo(later);
        assertThat(guesses(user)).isEqualTo("0/2");
    }

    @Test
    void adminLogoutEndsTheCode() {
        TestUser user = realm.user("logout").create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(user, 1);
        realm.realm().admin().post("/users/" + user.id() + "/logout", Map.of());

        enter(client, code).assertNotSignedIn();
    }

    @Test
    void withoutAMailServerTheUserIsAskedAndTold() {
        try (EmailCodeRealm other = EmailCodeRealm.create()) {
            TestUser user = other.user("alice").codes(CODES).create();
            other.realm().admin().update(Map.of("smtpServer", Map.of()));

            LoginClient client = other.realm().signIn(user);
            client.assertNotSignedIn();
            assertThat(client.page().text("#verification-code"))
                    .contains(Messages.of("verificationCodeErrorCannotSend"));

            client.submit("form:has(#useBackupCode)", Map.of());
            client.backupCode(CODES.code(0));
            client.assertSignedIn("one click leads to the backup codes");
        }
    }

    @Test
    void withAnotherKeyOrARowOfALaterVersionTheUserIsAsked() {
        try (EmailCodeRealm other = EmailCodeRealm.create()) {
            TestUser later = other.realm()
                    .user("later")
                    .credential(Map.of(
                            "type", TYPE,
                            "credentialData", "{\"version\":2}",
                            "secretData", "{\"version\":2}"))
                    .create();
            assertCannotSend(other, later);
            TestUser user = other.user("alice").create();
            LoginClient before = other.open(user);
            String code = other.awaitCode(user, 1);
            other.realm().admin().deleteKeys("hmac-generated");

            // Keycloak itself makes another one for its cookies
            enter(before, code).assertNotSignedIn();
            LoginClient next = other.realm().signIn(user);
            next.assertNotSignedIn();
            assertThat(next.page().has("#verification-code")).isTrue();
        }
    }

    private static void assertCannotSend(EmailCodeRealm where, TestUser user) {
        LoginClient client = where.realm().signIn(user);
        client.assertNotSignedIn();
        assertThat(client.page().text("#verification-code")).contains(Messages.of("verificationCodeErrorCannotSend"));
    }

    /** Which part of the request fails: see {@code FaultThemeSelectorProvider}. */
    @ParameterizedTest
    @ValueSource(strings = {"throw", "template", "rollback", "commit"})
    void aTryStaysChargedWhateverBecomesOfTheRequest(String fault) {
        try (EmailCodeRealm other = EmailCodeRealm.create()) {
            other.realm().admin().lockAfter(50);
            TestUser user = other.user("alice").create();
            LoginClient client = other.open(user);
            String code = other.awaitCode(user, 1);
            HttpRequest right = client.prepare(FORM, Map.of("emailCode", code));
            other.realm().admin().update(Map.of("attributes", Map.of("test-fault", fault)));
            for (int i = 0; i < 5; i++) {
                LoginClient tab = client.newTab();
                tab.open();
                tab.password(user);
                if (tab.page().has(FORM)) {
                    enter(tab, otherThan(code));
                }
            }
            other.realm().admin().update(Map.of("attributes", Map.of("test-fault", "")));

            assertThat(guesses(user)).isEqualTo("5/5");
            client.send(right);
            client.assertNotSignedIn();
            user.admin().awaitFailures(5);
        }
    }

    @Test
    void whatCouldNotBeSentIsShownAndGivesItsPlaceBack() {
        try (EmailCodeRealm other = EmailCodeRealm.create(Map.of("sign-in-hour", "1"))) {
            TestUser user = other.user("alice").create();
            other.realm().admin().update(Map.of("smtpServer", MailServer.smtp(1)));
            LoginClient client = other.open(user);
            await().atMost(Duration.ofSeconds(15)).until(() -> {
                EmailCodeRealm.reload(client);
                return client.page().text("#verification-code").contains(Messages.of("verificationCodeErrorNotSent"));
            });
            other.realm().admin().update(Map.of("smtpServer", other.mails().smtp()));
            again(client);
            enter(client, other.awaitCode(user, 1)).assertSignedIn();
        }
    }

    @Test
    void codesThatCouldNotBeSentAreNoCodesThatWereNotEntered() {
        try (EmailCodeRealm other = EmailCodeRealm.create()) {
            TestUser user = other.user("alice").create();
            other.realm().admin().update(Map.of("smtpServer", MailServer.smtp(1)));
            for (int i = 0; i < 3; i++) {
                LoginClient client = other.open(user);
                await().atMost(Duration.ofSeconds(15)).until(() -> {
                    EmailCodeRealm.reload(client);
                    return client.page()
                            .text("#verification-code")
                            .contains(Messages.of("verificationCodeErrorNotSent"));
                });
            }
            other.realm().admin().update(Map.of("smtpServer", other.mails().smtp()));
            LoginClient client = other.open(user);
            String code = other.awaitCode(user, 1);
            await().during(Duration.ofSeconds(1))
                    .until(() -> other.mails(user, Messages.of("emailCodeMailUnusedSubject"))
                            .isEmpty());
            enter(client, code).assertSignedIn();
        }
    }

    @Test
    void theLimitOfAUserIsExact() {
        try (EmailCodeRealm other = EmailCodeRealm.create(Map.of("sign-in-hour", "2", "sign-in-day", "3"))) {
            TestUser user = other.user("alice").create();
            for (int i = 1; i <= 2; i++) {
                enter(other.open(user), other.awaitCode(user, i)).assertSignedIn();
            }
            LoginClient client = other.realm().signIn(user);
            client.assertNotSignedIn();
            assertThat(client.page().text("#verification-code")).contains(Messages.of("verificationCodeErrorLimit"));
            assertThat(other.codes(user)).hasSize(2);
        }
    }

    @Test
    void aLockedUserGetsNothingAndWrongCodesLockAsOtps() {
        try (EmailCodeRealm other = EmailCodeRealm.create()) {
            other.realm().admin().lockAfter(2);
            TestUser user = other.user("alice").create();
            LoginClient client = other.open(user);
            String code = other.awaitCode(user, 1);
            enter(client, otherThan(code));
            user.admin().awaitFailures(1);
            enter(client, otherThan(code));
            user.admin().awaitFailures(2);
            enter(client, code).assertNotSignedIn();
            assertThat(client.page().text("#verification-code")).contains(Messages.of("backupCodeErrorLocked"));
        }
    }

    @Test
    void aRightCodeForgivesTheFailures() {
        try (EmailCodeRealm other = EmailCodeRealm.create()) {
            other.realm().admin().lockAfter(3);
            TestUser user = other.user("alice").create();
            LoginClient client = other.open(user);
            String code = other.awaitCode(user, 1);
            enter(client, otherThan(code));
            user.admin().awaitFailures(1);
            enter(client, code).assertSignedIn();
            user.admin().awaitFailures(0);
        }
    }

    @Test
    void theSameCodeIsSentAgainAndLaterANewOne() throws InterruptedException {
        try (EmailCodeRealm other = EmailCodeRealm.create(Map.of("code-minutes", "1"))) {
            TestUser first = other.user("first").create();
            TestUser second = other.user("second").create();
            TestUser third = other.user("third").create();
            LoginClient soon = other.open(first);
            LoginClient later = other.open(second);
            LoginClient expired = other.open(third);
            Instant start = Instant.now();
            String firstCode = other.awaitCode(first, 1);
            String secondCode = other.awaitCode(second, 1);
            String thirdCode = other.awaitCode(third, 1);

            sleepUntil(start.plusSeconds(31));
            again(soon);
            assertThat(soon.page().text("#verificationCodeAnswer")).isEqualTo(Messages.of("verificationCodeSentAgain"));
            assertThat(other.awaitCode(first, 2)).isEqualTo(firstCode);
            enter(soon, firstCode).assertSignedIn();

            sleepUntil(start.plusSeconds(43));
            again(later);
            assertThat(later.page().text("#verificationCodeAnswer")).isEqualTo(Messages.of("verificationCodeSentNew"));
            String newCode = other.awaitCode(second, 2);
            assertThat(newCode).isNotEqualTo(secondCode);
            enter(later, secondCode).assertNotSignedIn();
            enter(later, newCode).assertSignedIn();

            sleepUntil(start.plusSeconds(62));
            enter(expired, thirdCode).assertNotSignedIn();
            assertThat(expired.page().text("#verification-code")).contains(Messages.of("verificationCodeErrorExpired"));
            again(expired);
            enter(expired, other.awaitCode(third, 2)).assertSignedIn();
        }
    }

    /** The fourth says so: only then is it certain that the third was not entered. */
    @Test
    void whoEntersNoneOfThreeCodesIsToldOnceADay() {
        String subject = Messages.of("emailCodeMailUnusedSubject");
        TestUser user = realm.user("alarmed").create();
        for (int messages = 1; messages <= 3; messages++) {
            request(user, messages);
        }
        assertThat(realm.mails(user, subject)).isEmpty();
        request(user, 4);
        assertThat(realm.awaitMail(user, subject).link()).contains("/login-actions/action-token?key=");
        request(user, 5);

        TestUser other = realm.user("calm").create();
        request(other, 1);
        request(other, 2);
        enter(realm.open(other), realm.awaitCode(other, 3)).assertSignedIn();
        for (int messages = 4; messages <= 6; messages++) {
            request(other, messages);
        }
        assertThat(realm.mails(other, subject)).as("one was entered in between").isEmpty();
        request(other, 7);
        realm.awaitMail(other, subject);
        assertThat(realm.mails(other, subject)).hasSize(1);
        assertThat(realm.mails(user, subject)).as("one a day").hasSize(1);
    }

    private static void request(TestUser user, int messages) {
        realm.open(user);
        realm.awaitCode(user, messages);
        realm.skipGap(user);
    }

    /** A program that opens every address in every mail. */
    @Test
    void aMailScannerSendsAndChangesNothing() {
        TestUser user = realm.user("scanned").create();
        realm.tell(user, NotificationResource.Kind.EMAIL_SET_UP);
        MailServer.Mail notice = realm.awaitMail(user, Messages.of("emailCodeMailOnSubject"));
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(user, 1);
        MailServer.Mail mail = realm.mails(
                        user, Messages.of("emailCodeMailSubject", realm.realm().name()))
                .get(0);
        assertThat(mail.text() + mail.html()).doesNotContain("http");
        JsonNode credential = user.admin().credentials(TYPE).get(0);
        int before = realm.mails().mails().size();

        LoginClient scanner = realm.realm().newBrowser();
        URI link = URI.create(notice.link());
        for (int i = 0; i < 10; i++) {
            assertThat(scanner.get(link).status()).isEqualTo(200);
            scanner.send(scanner.request(link)
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build());
        }
        scanner.open();
        scanner.assertHas(Selectors.PASSWORD_FORM);
        assertThat(user.admin().credentials(TYPE)).containsExactly(credential);
        assertThat(user.admin().requiredActions()).isEmpty();
        assertThat(user.admin().sessions()).isZero();
        enter(client, code).assertSignedIn();
        assertThat(realm.mails().mails()).hasSize(before);
    }

    /** Another site can make a browser send a form, but does not know the session code; another browser has no cookies. */
    @Test
    void aFormOfAnotherSiteOrBrowserIsRefusedAndNotCounted() {
        TestUser user = realm.user("forged").create();
        LoginClient client = realm.open(user);
        String code = realm.awaitCode(user, 1);
        HttpRequest right = client.prepare(FORM, Map.of("emailCode", code));
        LoginClient other = realm.realm().newBrowser();
        other.send(HttpRequest.newBuilder(right, (name, value) -> !name.equalsIgnoreCase("Cookie"))
                .build());
        other.assertNotSignedIn();
        URI bare = URI.create(right.uri().toString().replaceAll("session_code=[^&]*&?", ""));
        for (String typed : List.of(otherThan(code), code)) {
            HttpRequest request = client.prepare(FORM, Map.of("emailCode", typed));
            client.send(HttpRequest.newBuilder(request, (name, value) -> true)
                    .uri(bare)
                    .build());
            client.assertHas(FORM);
        }

        assertThat(user.admin().credentialData(TYPE).has("guesses")).isFalse();
        assertThat(user.admin().credentialData(TYPE).path("accepted")).isEmpty();
        enter(client, code).assertSignedIn();
    }

    @Test
    void eachFactorGivesTheLevelAndTheMethodOfItsExecution() {
        try (EmailCodeRealm other = EmailCodeRealm.create()) {
            StepUpFlow.bindWithOtpAbove(other.realm().admin(), EmailCodeRealm.AUTHENTICATOR, "email");
            TestUser user = other.user("alice").otp().create();
            LoginClient client = other.realm().signIn(user);
            client.assertLevel("1", "pwd");

            client.open(Map.of("acr_values", "2"));
            enter(client, other.awaitCode(user, 1));
            client.assertLevel("2", "pwd", "email");
            client.open(Map.of("acr_values", "3"));
            client.otp(user.totp().now());
            client.assertLevel("3", "pwd", "email", "otp");
            assertThat(other.codes(user)).hasSize(1);
        }
    }

    /** The record of the challenge is in the store, which keeps what it knows: the code stays used. */
    @Test
    void aRestoredRowBringsBackItsCountAndNoCode() {
        TestUser user = guessed("restored", 0, 40);
        LoginClient client = realm.open(user);
        LoginClient tab = client.newTab();
        tab.open();
        tab.password(user);
        tab.assertHas(FORM);
        HttpRequest again = tab.prepare(FORM, Map.of("emailCode", realm.awaitCode(user, 1)));
        String row = "/" + RowLockResourceFactory.ID + "/" + user.admin().credentialId(TYPE) + "/data";
        JsonNode backup = realm.realm().admin().get(row);
        enter(client, realm.awaitCode(user, 1)).assertSignedIn();
        assertThat(guesses(user)).isEqualTo("0/20");

        realm.realm().admin().put(row, backup);
        realm.realm().admin().client().post("/realms/" + realm.realm().name() + "/clear-user-cache", Map.of());
        assertThat(guesses(user)).isEqualTo("0/40");
        tab.send(again);
        tab.assertNotSignedIn();
        assertThat(user.admin().credentialData(TYPE).path("accepted")).isEmpty();
        realm.skipGap(user);
        enter(realm.open(user), realm.awaitCode(user, 2)).assertSignedIn();
        assertThat(guesses(user)).isEqualTo("0/20");
    }

    private static void sleepUntil(Instant time) throws InterruptedException {
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), time).toMillis()));
    }

    private static TestUser guessed(String name, int inARow, int inAll) {
        return realm.realm()
                .user(name)
                .emailCode(TestEmailCode.to(name + "@example.org").guessed(inARow, inAll))
                .create();
    }

    private static String guesses(TestUser user) {
        JsonNode guesses = user.admin().credentialData(TYPE).path("guesses");
        return guesses.path("inARow").asInt() + "/" + guesses.path("inAll").asInt();
    }
}
