package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.ServerLog;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent to the pages with a field: an ordinary page comes back, nothing is spent, nothing is saved. */
@Isolated
class BadInputIT {

    private static final TestCodeSet CODES = TestCodeSet.of(1);

    @AutoClose
    private static final TestRealm realm =
            TestRealm.builder().policy("code-count", "1").create();

    @AutoClose
    private static final TestRealm oneField = TestRealm.builder().oneField().create();

    private static TestUser owner;
    private static TestUser newcomer;
    private static LoginClient signingIn;
    private static LoginClient enrolling;
    private static LoginClient atOtp;
    private static TestUser chooser;
    private static LoginClient choosing;

    @BeforeAll
    static void openThePages() {
        owner = realm.user("owner").otp().codes(CODES).create();
        newcomer = realm.user("newcomer").otp().mustGenerateCodes().create();
        signingIn = realm.openCodePage(owner);
        enrolling = realm.signInWithApp(newcomer);
        atOtp = realm.signIn(owner);
        chooser = oneField.user("chooser").otp().codes(CODES).create();
        choosing = oneField.signIn(chooser);
    }

    static List<BadInput> codes() {
        return BadInput.table(BackupCodesNames.FIELD, CODES.code(0));
    }

    static List<BadInput> otpsOrCodes() {
        return BadInput.table("otp", CODES.code(0));
    }

    static List<BadInput> confirmations() {
        return BadInput.table("codesSaved", "on");
    }

    @Test
    void thereAreAtLeastEighty() {
        assertThat(codes()).hasSizeGreaterThanOrEqualTo(80);
        assertThat(codes()).extracting(BadInput::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void signInPage(BadInput input) {
        if (!signingIn.page().has(Selectors.CODE_FORM)) {
            signingIn = realm.openCodePage(owner);
        }
        long mark = log().mark();
        HttpPage page = signingIn.send(input.to(signingIn.action(Selectors.CODE_FORM), signingIn));
        assertOrdinary(input, page, mark);
        signingIn.assertNotSignedIn();
        assertThat(owner.admin().usedBackupCodes()).as("nothing is spent").isZero();
        assertThat(owner.admin().backupCodes().has("guesses"))
                .as("nothing is counted")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("otpsOrCodes")
    void oneFieldForOtpsAndCodes(BadInput input) {
        if (!choosing.page().has(Selectors.OTP_FORM)) {
            choosing = oneField.signIn(chooser);
        }
        long mark = log().mark();
        HttpPage page = choosing.send(input.to(choosing.action(Selectors.OTP_FORM), choosing));
        assertOrdinary(input, page, mark);
        choosing.assertNotSignedIn();
        assertThat(chooser.admin().usedBackupCodes()).as("nothing is spent").isZero();
        assertThat(chooser.admin().backupCodes().has("guesses"))
                .as("nothing is counted")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("confirmations")
    void codesPage(BadInput input) {
        if (!enrolling.page().has(Selectors.NEW_CODES_FORM)) {
            enrolling = realm.signInWithApp(newcomer);
        }
        List<String> before = enrolling.page().backupCodes();
        long mark = log().mark();
        HttpPage page = enrolling.send(input.to(enrolling.action(Selectors.NEW_CODES_FORM), enrolling));
        assertOrdinary(input, page, mark);
        enrolling.assertNotSignedIn();
        assertThat(page.body()).as("the codes of the page before").doesNotContain(before);
        assertThat(newcomer.admin().credentials(BackupCodesNames.CREDENTIAL))
                .as("nothing is saved")
                .isEmpty();
    }

    private static void assertOrdinary(BadInput input, HttpPage page, long mark) {
        String log = log().since(mark);
        if (input.malformed()) {
            assertThat(page.status()).as("%s", page).isEqualTo(answerOfTheServer(input));
            assertThat(log).as("the log").doesNotContain("io.github.backupcodes");
        } else {
            assertThat(page.status()).as("%s", page).isBetween(200, 499);
            assertThat(log).as("the log").doesNotContain("\tat ", " ERROR ");
        }
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(input.isEchoedBy(page.body()))
                .as("comes back as it was sent")
                .isFalse();
        assertThat(page.body()).as("was evaluated").doesNotContain("60481729", "60,481,729");
        assertThat(page.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("taken="));
    }

    /** Keycloak reads the body before it looks for the page: what it says is the same for a page of its own. */
    private static int answerOfTheServer(BadInput input) {
        if (!atOtp.page().has(Selectors.OTP_FORM)) {
            atOtp = realm.signIn(owner);
        }
        return atOtp.send(input.to(atOtp.action(Selectors.OTP_FORM), atOtp)).status();
    }

    private static ServerLog log() {
        return realm.server().log();
    }
}
