package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to be refused has a text of its own for the user and a reason of its own in the event. */
class RefusalIT {

    private static final TestCodeSet OLDER = TestCodeSet.of(2);
    private static final TestCodeSet CODES = TestCodeSet.of(2).replacing(OLDER);
    private static final TestCodeSet EXHAUSTED = CODES.used(0).used(1);
    private static final String EXAMPLE = "\u2066ABCDE\u2011FGHJK\u2011MNPQR\u2069";
    private static final String DISABLED = Messages.of("backupCodeErrorDisabled");
    private static final String HELP = ".bc-contact";

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    /** A state of the user's codes, what is typed, and what comes of it. */
    private record Refusal(String name, TestCodeSet codes, String typed, String text, String reason) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal(
                        "wrong", CODES, TestCodeSet.wrong(), Messages.of("backupCodeErrorWrong"), "wrong_backup_code"),
                new Refusal("empty", CODES, " ", Messages.of("backupCodeErrorEmpty"), "mistyped_backup_code"),
                new Refusal(
                        "too short",
                        CODES,
                        CODES.code(0).substring(1),
                        Messages.of("backupCodeErrorTooShort", "\u206614/15\u2069", EXAMPLE),
                        "mistyped_backup_code"),
                new Refusal(
                        "an OTP",
                        CODES,
                        "123 456",
                        Messages.of("backupCodeErrorOtp", "6", EXAMPLE),
                        "mistyped_backup_code"),
                new Refusal(
                        "wrong check character",
                        CODES,
                        otherLastSymbol(CODES.code(0)),
                        Messages.of("backupCodeErrorMistyped"),
                        "mistyped_backup_code"),
                new Refusal(
                        "used",
                        CODES.used(1),
                        CODES.code(1),
                        Messages.of("backupCodeErrorUsed"),
                        "backup_code_already_used"),
                new Refusal(
                        "of the replaced set",
                        CODES,
                        OLDER.code(1),
                        Messages.of("backupCodeErrorReplaced"),
                        "backup_code_of_replaced_set"),
                new Refusal(
                        "wrong, none left",
                        EXHAUSTED,
                        TestCodeSet.wrong(),
                        Messages.of("backupCodeErrorNoneLeft"),
                        "no_backup_codes_left"),
                new Refusal(
                        "used, none left",
                        EXHAUSTED,
                        CODES.code(0),
                        Messages.of("backupCodeErrorNoneLeft"),
                        "backup_code_already_used"),
                new Refusal(
                        "of the replaced set, none left",
                        EXHAUSTED,
                        OLDER.code(0),
                        Messages.of("backupCodeErrorNoneLeft"),
                        "backup_code_of_replaced_set"),
                new Refusal(
                        "too short, none left",
                        EXHAUSTED,
                        CODES.code(0).substring(1),
                        Messages.of("backupCodeErrorNoneLeft"),
                        "mistyped_backup_code"),
                new Refusal(
                        "paused",
                        CODES.guessed(10, Instant.now().plusSeconds(3000)),
                        CODES.code(0),
                        "Too many incorrect backup codes. Wait",
                        "backup_codes_paused"),
                new Refusal(
                        "paused, code of the replaced set",
                        CODES.guessed(10, Instant.now().plusSeconds(3000)),
                        OLDER.code(0),
                        "Too many incorrect backup codes. Wait",
                        "backup_codes_paused"),
                new Refusal("turned off", CODES.guessed(100, null), CODES.code(0), DISABLED, "backup_codes_disabled"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void hasItsOwnTextAndReason(Refusal refusal) {
        TestUser user = realm.user("user-" + Math.floorMod(refusal.name().hashCode(), 1_000_000))
                .otp()
                .codes(refusal.codes())
                .create();
        int used = user.admin().usedBackupCodes();
        LoginClient client = realm.openCodePage(user);
        HttpPage page = client.backupCode(refusal.typed());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.error()).startsWith(refusal.text());
        page.assertHas(Selectors.CODE_FORM, "the form is still there");
        assertThat(page.texts(HELP))
                .as("whom to contact, if the user cannot help oneself")
                .hasSize(refusal.codes().equals(EXHAUSTED) || refusal.text().equals(DISABLED) ? 1 : 0);
        assertThat(page.document().select("[name=backupCode]").attr("value"))
                .as("what was typed is not sent back")
                .isEmpty();
        assertThat(user.admin().usedBackupCodes()).isEqualTo(used);

        List<JsonNode> events = user.admin().events("LOGIN_ERROR").stream().toList();
        assertThat(events).hasSize(1);
        JsonNode event = events.get(0);
        assertThat(event.path("error").asText()).isEqualTo("invalid_user_credentials");
        assertThat(Event.detail(event, "credential_type")).isEqualTo(BackupCodesNames.CREDENTIAL);
        assertThat(Event.detail(event, "reason")).isEqualTo(refusal.reason());
        if (!refusal.typed().isBlank()) {
            assertThat(event.toString().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""))
                    .as("no code in the event")
                    .doesNotContain(refusal.typed().replace("-", ""));
        }
    }

    /** Before anything is typed, so that nobody types fifteen characters in vain. */
    @ParameterizedTest
    @ValueSource(strings = {"backupCodeErrorExpired", "backupCodeErrorDisabled", "backupCodeErrorNoneLeft"})
    void codesOfWhichNoneWorksAreReportedAtOnce(String message) {
        TestCodeSet codes =
                switch (message) {
                    case "backupCodeErrorExpired" ->
                        CODES.expiringAt(Instant.now().minusSeconds(60));
                    case "backupCodeErrorDisabled" -> CODES.guessed(100, null);
                    default -> EXHAUSTED;
                };
        realm.admin().configureCodes(Map.of("help-contact", "help@example.org"));
        TestUser user = realm.user("at-once-" + message).otp().codes(codes).create();
        HttpPage page = realm.openCodePage(user).page();

        page.assertText(".bc-note", message);
        assertThat(page.document().select(HELP + " a").attr("href")).isEqualTo("mailto:help@example.org");
        page.assertHas("button[name=tryAnotherWay]");
        page.assertHas("details:not([open]) " + Selectors.CODE_FORM, "for a code that is issued meanwhile");
        assertThat(user.admin().events("LOGIN_ERROR")).isEmpty();

        TestUser other = realm.user("usable-" + message).otp().codes(CODES).create();
        realm.openCodePage(other).page().assertHasNo(".bc-note");
        realm.admin().configureCodes(Map.of());
    }

    @Test
    void anExpiredSignInStartsFromTheBeginningAndSpendsNothing() {
        try (TestRealm brief = TestRealm.create()) {
            TestUser user = brief.user("alice").otp().codes(CODES).create();
            LoginClient client = brief.openCodePage(user);
            var late = client.prepareBackupCode(CODES.code(0));
            var probe = client.prepareBackupCode("");
            brief.admin().update(Map.of("accessCodeLifespanLogin", 1, "accessCodeLifespanUserAction", 1));
            // each look at the page renews it, so not too often
            await().pollInterval(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !client.send(probe).has(Selectors.CODE_FORM));
            assertThat(client.page().status()).isLessThan(500);

            HttpPage page = client.send(late);
            assertThat(page.status()).isLessThan(500);
            client.assertNotSignedIn();
            page.assertHasNo(Selectors.CODE_FORM);
            assertThat(user.admin().usedBackupCodes()).isZero();
        }
    }

    @Test
    void aUserWhomTheAdministratorDisabledCannotGoOn() {
        TestUser user = realm.user("disabled").otp().codes(CODES).create();
        LoginClient client = realm.openCodePage(user);
        user.admin().update(Map.of("enabled", false));
        HttpPage page = client.backupCode(CODES.code(0));
        assertThat(page.error()).isEqualTo("Account is disabled, contact your administrator.");
        client.assertNotSignedIn();
        assertThat(user.admin().usedBackupCodes()).isZero();
    }

    @Test
    void whoseCodesTheAdministratorDeletesGetsAPage() {
        TestUser user = realm.user("deleted").otp().codes(CODES).create();
        LoginClient client = realm.openCodePage(user);
        user.admin().deleteCredentials(BackupCodesNames.CREDENTIAL);
        HttpPage page = client.backupCode(CODES.code(0));
        assertThat(page.status()).as("%s", page).isLessThan(500);
        client.assertNotSignedIn();
    }

    private static String otherLastSymbol(String code) {
        int last = code.length() - 1;
        return code.substring(0, last) + (code.charAt(last) == '7' ? '8' : '7');
    }
}
