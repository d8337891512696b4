package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.support.browser.BrowserOptions;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New codes of which one has to be typed back. */
@WithBrowser
class RetypeConfirmationIT {

    @AutoClose
    private static final TestRealm realm = TestRealm.builder()
            .policy("confirmation", "retype")
            .policy("code-count", "6")
            .codesForEverybody()
            .create();

    @Test
    void theRightCodeSavesTheSetAndStaysUnused() {
        TestUser user = user("right");
        LoginClient client = newCodes(user);
        String code = asked(client.page());
        client.page().assertHasNo("[name=codesSaved]");
        client.typeBack("  " + code.toLowerCase(Locale.ROOT).replace("-", " ").replace('0', 'o'));
        client.assertSignedIn();
        assertThat(user.admin().backupCodes().path("total").asInt()).isEqualTo(6);
        assertThat(user.admin().usedBackupCodes()).isZero();
    }

    @Test
    void whoMistypesIsAskedForTheSameCodeWithoutSeeingItAgain() {
        TestUser user = user("mistyped");
        LoginClient client = newCodes(user);
        HttpPage shown = client.page();
        String code = asked(shown);
        int number = number(shown);
        String other = shown.backupCodes().get(number % 6);
        String mistyped = code.substring(0, code.length() - 1) + (code.endsWith("A") ? "B" : "A");
        for (Map.Entry<String, String> typed : Map.of(
                        mistyped,
                        "backupCodesRetypeErrorMistyped",
                        code.substring(1),
                        "backupCodesRetypeErrorMistyped",
                        " - ",
                        "backupCodesRetypeErrorEmpty",
                        other,
                        "backupCodesRetypeErrorOther",
                        TestCodeSet.wrong(),
                        "backupCodesRetypeErrorWrong")
                .entrySet()) {
            client.typeBack(typed.getKey());
            client.page().assertError(typed.getValue(), number);
            assertThat(number(client.page())).isEqualTo(number);
            assertThat(client.page().body()).doesNotContain(shown.backupCodes()).doesNotContain(typed.getKey());
        }
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        client.typeBack(code);
        client.assertSignedIn();
    }

    @Test
    void typingMistakesAreFreeButTheFifthWrongCodeBringsNewOnes() {
        LoginClient client = newCodes(user("too-often"));
        HttpPage shown = client.page();
        for (int i = 0; i < 7; i++) {
            client.typeBack("ABC");
        }
        for (int i = 0; i < 4; i++) {
            client.typeBack(TestCodeSet.wrong());
            assertThat(client.page().backupCodes()).isEmpty();
        }
        client.typeBack(TestCodeSet.wrong());
        client.page().assertError("backupCodesRetypeErrorTooOften");
        assertThat(client.page().backupCodes()).hasSize(6).doesNotContainAnyElementsOf(shown.backupCodes());

        String again = asked(client.page());
        client.typeBack(asked(shown));
        client.page().assertError("backupCodesRetypeErrorWrong", number(client.page()));
        client.typeBack(again);
        client.assertSignedIn();
    }

    @Test
    void thePageStaysWhenItIsLoadedAgainUntilNewCodesAreAskedFor() {
        LoginClient client = newCodes(user("loaded-again"));
        HttpPage shown = client.page();
        client.typeBack("ABC");
        client.get(client.page().url());
        assertThat(client.page().backupCodes()).isEmpty();
        assertThat(number(client.page())).isEqualTo(number(shown));
        assertThat(client.page().error()).isEmpty();

        client.submit(Selectors.NEW_CODES_PAGE, Map.of("newCodes", "true"));
        assertThat(client.page().backupCodes()).hasSize(6).doesNotContainAnyElementsOf(shown.backupCodes());
        client.typeBack(asked(client.page()));
        client.assertSignedIn();
    }

    @Test
    void anotherTabMakesTheFirstOneStale() {
        LoginClient client = newCodes(user("two-tabs"));
        HttpPage first = client.page();
        String stale = first.document().select("[name=shownOn]").attr("value");
        client.get(first.url());
        HttpPage second = client.page();
        client.submit(Selectors.NEW_CODES_PAGE, Map.of("shownOn", stale, BackupCodesNames.FIELD, asked(first)));
        client.page().assertError("backupCodesRetypeErrorNew", number(client.page()));
        assertThat(client.page().backupCodes())
                .hasSize(6)
                .doesNotContainAnyElementsOf(first.backupCodes())
                .doesNotContainAnyElementsOf(second.backupCodes());
    }

    @Test
    void whatTheClientClaimsIsIgnored() {
        TestUser user = user("claims");
        LoginClient client = newCodes(user);
        HttpPage shown = client.page();
        int number = number(shown);
        String other = shown.backupCodes().get(number % 6);
        client.submit(Selectors.NEW_CODES_PAGE, Map.of("codesSaved", "on"));
        client.page().assertError("backupCodesRetypeErrorEmpty", number);
        int claimed = number % 6 + 1;
        client.send(client.prepareRaw(
                client.action(Selectors.NEW_CODES_PAGE),
                "codesSaved=on&backupCode=" + other + "&number=" + claimed + "&position=" + (claimed - 1)
                        + "&confirmation=checkbox&continue=true&makeCodes=true&setUp=CONFIGURE_TOTP"));
        client.page().assertError("backupCodesRetypeErrorOther", number);
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
    }

    @Test
    void aPageFromBeforeTheSecondFactorBringsNoCodesAnyMore() {
        for (boolean again : List.of(true, false)) {
            TestUser user = realm.user("held-open-" + again).create();
            LoginClient client = realm.signInFor(user, BackupCodesNames.ACTION);
            String code = asked(client.page());
            realm.setUpApp(user);
            if (again) {
                client.submit(Selectors.NEW_CODES_PAGE, Map.of("newCodes", "true"));
            } else {
                client.typeBack(code);
            }
            client.assertStartedAgain();
            assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        }
    }

    @Test
    void theServerChoosesAnewForEverySet() {
        LoginClient client = newCodes(user("chosen"));
        Set<Integer> numbers = new HashSet<>();
        // that 30 draws of 6 are all the same happens once in 6^29
        for (int i = 0; i < 30 && numbers.size() < 2; i++) {
            numbers.add(number(client.page()));
            client.get(client.page().url());
        }
        assertThat(numbers).hasSizeGreaterThan(1).allMatch(number -> number >= 1 && number <= 6);
    }

    @ParameterizedTest
    @CsvSource({"7, \\d{4}-\\d{3}", "9, \\d{5}-\\d{4}", "16, \\d{4}-\\d{4}-\\d{4}-\\d{4}"})
    void digitsTakeTheSameWay(String length, String look) {
        try (TestRealm digits = TestRealm.builder()
                .policy("confirmation", "retype")
                .policy("code-format", "digits")
                .policy("code-length", length)
                .codesForEverybody()
                .create()) {
            TestUser user = digits.user("digits").mustGenerateCodes().create();
            LoginClient client = digits.signIn(user);
            assertThat(client.page().backupCodes()).hasSize(10).allMatch(code -> code.matches(look));
            assertThat(client.page().document().select("#backupCode").attr("inputmode"))
                    .isEqualTo("numeric");
            String code = asked(client.page());
            client.typeBack(code.substring(1));
            assertThat(client.page().error()).isNotEmpty();
            client.typeBack(code.replace('-', ' '));
            client.assertSignedIn();
        }
    }

    @Test
    void aMistakeDoesNotLeaveThePageThatShowsTheCodes(Person person) throws IOException {
        LoginPage.open(person, realm).signIn(user("in-browser"));
        BackupCodesPage page = BackupCodesPage.on(person);
        List<String> codes = page.codes();
        String code = codes.get(page.numberAskedFor() - 1);
        page.submit();
        page.typeBack(code.substring(0, code.length() - 1));
        page.typeBack(code.substring(0, code.length() - 1) + (code.endsWith("A") ? "B" : "A"));
        assertThat(page.codes()).isEqualTo(codes);

        Download file = page.download();
        assertThat(Files.readString(file.path(), StandardCharsets.UTF_8))
                .contains("\r\n1. " + codes.get(0) + "\r\n", "\r\n6. " + codes.get(5) + "\r\n");

        page.typeBack(codes.get(page.numberAskedFor() % 6));
        BackupCodesPage again = BackupCodesPage.askingAgain(person);
        assertThat(again.showsCodes()).isFalse();
        assertThat(again.error()).endsWith("This is a different code from your list.");
        person.assertFocus("#backupCode", "after an error");
        assertThat(Screen.inline(person)).isEmpty();
        assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);
        person.page().keyboard().type(code.replace("-", ""));
        person.tabTo("#saveBackupCodes");
        person.page().keyboard().press("Enter");
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
        assertThat(person.problems()).isEmpty();
    }

    @Test
    @BrowserOptions(scripts = false)
    void scriptsAreNotNeeded(Person person) {
        LoginPage.open(person, realm).signIn(user("no-scripts"));
        BackupCodesPage page = BackupCodesPage.on(person);
        List<String> codes = page.codes();
        page.typeBack("ABC");
        BackupCodesPage again = BackupCodesPage.askingAgain(person);
        assertThat(again.error()).startsWith("Check this code for typos");
        again.showNewCodes();
        page = BackupCodesPage.on(person);
        assertThat(page.codes()).doesNotContainAnyElementsOf(codes);
        page.typeBack(page.codes().get(page.numberAskedFor() - 1));
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    private static TestUser user(String name) {
        return realm.user(name).mustGenerateCodes().create();
    }

    private static LoginClient newCodes(TestUser user) {
        LoginClient client = realm.signIn(user);
        assertThat(client.page().backupCodes()).hasSize(6);
        return client;
    }

    private static int number(HttpPage page) {
        return Integer.parseInt(page.text("label[for=backupCode]").replaceAll("\\D", ""));
    }

    private static String asked(HttpPage page) {
        return page.backupCodes().get(number(page) - 1);
    }
}
