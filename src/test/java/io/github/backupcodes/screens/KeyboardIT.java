package io.github.backupcodes.screens;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.BackupCodePage;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.OtpPage;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.pages.SelectAuthenticatorPage;
import io.github.backupcodes.pages.SmsCodeSetupPage;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.pages.VerificationCodePage;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.browser.BrowserOptions;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page without a mouse and without eyes: the keyboard, the focus, and what a screen reader is told. */
@WithBrowser
class KeyboardIT {

    /**
     * Codes that are sent to one user.
     *
     * @param field   the id of their field
     * @param scripts whether the browser runs scripts
     * @param newest  waits for a number of messages and returns the code in the newest
     * @param count   how many messages were sent
     */
    private record SentCodes(String field, boolean scripts, IntFunction<String> newest, IntSupplier count) {}

    @ParameterizedTest
    @EnumSource(names = {"NEWER", "OLDER", "PLAIN"})
    void everythingIsReachedSeenAndTold(LoginTheme theme, Person person) {
        try (TestRealm realm = TestRealm.builder().loginTheme(theme.id()).create()) {
            TestCodeSet codes = TestCodeSet.of(6);
            TestUser user = realm.user("keyboard").otp().codes(codes).create();
            LoginPage.open(person, realm).signIn(user);
            OtpPage.on(person).tryAnotherWay();
            SelectAuthenticatorPage.on(person).choose(Messages.of("backup-code-form-display-name"));
            signsInWithACode(person, codes.code(3));
            choosesWhatToDoAfterwards(person);
            savesCodes(person);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NEWER", "OLDER"})
    void codesByEmailAreSetUpAndEntered(LoginTheme theme, Person person) {
        setsUpAndEntersCodesByEmail(theme, person, true);
    }

    @ParameterizedTest
    @EnumSource(names = {"NEWER", "OLDER"})
    @BrowserOptions(scripts = false)
    void codesByEmailAreSetUpAndEnteredWithoutScripts(LoginTheme theme, Person person) {
        setsUpAndEntersCodesByEmail(theme, person, false);
    }

    @ParameterizedTest
    @EnumSource(names = {"NEWER", "OLDER"})
    void codesByTextMessageAreSetUpAndEntered(LoginTheme theme, Person person) {
        setsUpAndEntersCodesByTextMessage(theme, person, true);
    }

    @ParameterizedTest
    @EnumSource(names = "NEWER")
    @BrowserOptions(scripts = false)
    void codesByTextMessageAreSetUpAndEnteredWithoutScripts(LoginTheme theme, Person person) {
        setsUpAndEntersCodesByTextMessage(theme, person, false);
    }

    private static void setsUpAndEntersCodesByEmail(LoginTheme theme, Person person, boolean scripts) {
        try (EmailCodeRealm realm = EmailCodeRealm.create()) {
            realm.realm().admin().update(Map.of("loginTheme", theme.id()));
            TestUser user = realm.realm().user("keyboard").create();
            List<String> addresses = addresses(person);
            person.open(realm.realm().actionUrl(EmailCodeRealm.ACTION));
            typesPassword(person, user);
            Screen.await(person.page(), "#sendEmailCode");
            Screen.await(person.page(), "#sendEmailCode:focus");
            reachesExactly(person, List.of("sendEmailCode", "cancelEmailCode"));
            presses(person, "#sendEmailCode");
            SentCodes codes = new SentCodes(
                    "emailCode", scripts, messages -> realm.awaitCode(user, messages), () -> realm.codes(user)
                            .size());
            setsUpAndSignsIn(person, realm.realm(), user, codes, addresses, "cancelEmailCode");
        }
    }

    private static void setsUpAndEntersCodesByTextMessage(LoginTheme theme, Person person, boolean scripts) {
        try (SmsCodeRealm realm = SmsCodeRealm.create(Map.of())) {
            realm.realm().admin().update(Map.of("loginTheme", theme.id()));
            TestUser user = realm.realm().user("keyboard").create();
            String number = SmsCodeRealm.number();
            List<String> addresses = addresses(person);
            person.open(realm.realm().actionUrl(SmsCodeRealm.ACTION));
            typesPassword(person, user);
            typesNumber(person, number);
            SentCodes codes = new SentCodes(
                    "smsCode", scripts, messages -> realm.awaitCode(number, messages), () -> realm.messages(number)
                            .size());
            setsUpAndSignsIn(person, realm.realm(), user, codes, addresses, "changeNumber", "cancelSmsCode");
            assertThat(addresses).noneMatch(address -> address.contains(number.substring(5)));
        }
    }

    /** A wrong number, and then the right one, whose country is chosen by the letters of its name. */
    private static void typesNumber(Person person, String number) {
        SmsCodeSetupPage page = SmsCodeSetupPage.on(person);
        List<String> fields = List.of("country", "number", "sendSmsCode", "cancelSmsCode");
        Screen.await(person.page(), "#number:focus");
        reachesExactly(person, fields);
        assertThat(aria(person, ".bc"))
                .contains("combobox \"" + Messages.of("smsCodeSetupCountry") + "\"")
                .contains("textbox \"" + Messages.of("smsCodeSetupNumber") + "\"");
        person.tabTo("#country");
        person.page().keyboard().type("Ger");
        person.tabTo("#number");
        person.page().keyboard().type("030 123456");
        person.page().keyboard().press("Enter");
        Screen.await(person.page(), "#number[aria-invalid=true]");
        assertThat(page.error()).isEqualTo(Messages.of("smsCodeErrorNotMobile"));
        assertThat(description(person, "#number")).isEqualTo(Messages.of("smsCodeErrorNotMobile"));
        assertThat(person.page().inputValue("#country")).isEqualTo("DE");
        assertThat(person.page().inputValue("#number")).isEqualTo("030 123456");
        Screen.await(person.page(), "#number:focus");
        person.page().keyboard().press("ControlOrMeta+A");
        person.page().keyboard().type("0" + number.substring(3));
        presses(person, "#sendSmsCode");
    }

    /** No code gets into an address, and so into the history, a log or a {@code Referer}. */
    private static void setsUpAndSignsIn(
            Person person, TestRealm realm, TestUser user, SentCodes codes, List<String> addresses, String... more) {
        String code = typesCodes(person, codes, 1, more);
        person.forgetSessions();
        person.open(realm.signInUrl());
        typesPassword(person, user);
        String next = typesCodes(person, codes, 2);
        assertThat(addresses)
                .hasSizeGreaterThan(10)
                .noneMatch(address -> address.contains(code) || address.contains(next));
    }

    /** The addresses to which this person comes from now on, and those from which they come. */
    private static List<String> addresses(Person person) {
        List<String> addresses = new ArrayList<>();
        person.page().onRequest(request -> {
            addresses.add(request.url());
            addresses.add(request.headers().getOrDefault("referer", ""));
        });
        person.page().onFrameNavigated(frame -> addresses.add(frame.url()));
        return addresses;
    }

    private static void reachesExactly(Person person, List<String> fields) {
        assertThat(KeyboardUser.fields(person)).containsExactlyElementsOf(fields);
        assertThat(KeyboardUser.reached(person)).containsExactlyElementsOf(fields);
    }

    private static void typesPassword(Person person, TestUser user) {
        LoginPage.on(person);
        person.tabTo("#username");
        person.page().keyboard().type(user.username());
        person.tabTo("#password");
        person.page().keyboard().type(user.password());
        person.page().keyboard().press("Enter");
    }

    /** A wrong one, and then the right one. */
    private static String typesCodes(Person person, SentCodes codes, int messages, String... more) {
        String field = "#" + codes.field();
        VerificationCodePage page = VerificationCodePage.on(person);
        String code = codes.newest().apply(messages);
        List<String> fields = new ArrayList<>(List.of(codes.field(), "kc-login"));
        if (codes.scripts()) {
            person.assertFocus(field, "at the start");
            page.awaitCountdown();
        } else {
            fields.add("resend");
        }
        fields.addAll(List.of(more));
        reachesExactly(person, fields);
        if (!codes.scripts()) {
            presses(person, "#resend");
            VerificationCodePage.on(person);
            assertThat(codes.count().getAsInt()).as("the server says when").isEqualTo(messages);
        }
        person.tabTo(field);
        person.page().keyboard().type(EmailCodeRealm.otherThan(code));
        person.page().keyboard().press("Enter");
        Screen.await(person.page(), field + "[aria-invalid=true]");
        assertThat(page.error()).isEqualTo(Messages.of("verificationCodeErrorWrong"));
        assertThat(description(person, field)).startsWith(Messages.of("verificationCodeErrorWrong"));
        person.tabTo(field);
        person.page().keyboard().type(code);
        person.page().keyboard().press("Enter");
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
        return code;
    }

    private static void presses(Person person, String button) {
        person.tabTo(button);
        person.page().keyboard().press("Enter");
    }

    private static void signsInWithACode(Person person, String code) {
        BackupCodePage page = BackupCodePage.on(person);
        person.assertFocus("#backupCode", "at the start");
        assertThat(KeyboardUser.fields(person)).containsExactly("backupCode", "kc-login");
        assertThat(KeyboardUser.reached(person)).containsExactly("backupCode", "kc-login");
        assertThat(aria(person, ".bc"))
                .contains("textbox \"" + Messages.of("backupCodeLabel") + "\"")
                .contains("button \"");
        assertThat(description(person, "#backupCode")).isEqualTo(Messages.of("backupCodeHelp"));

        // a mistake is told while one types, and again, tied to the field, when it is sent nevertheless
        String mistyped = code.substring(0, code.length() - 1) + (code.endsWith("A") ? 'B' : 'A');
        person.page().focus("#backupCode");
        person.page().keyboard().type(mistyped);
        assertThat(aria(person, ".bc")).contains("status: " + Messages.of("backupCodeHintMistyped"));
        person.page().keyboard().press("Enter");
        page.awaitError();
        person.assertFocus("#backupCode", "after an error");
        assertThat(person.page().getAttribute("#backupCode", "aria-invalid")).isEqualTo("true");
        assertThat(description(person, "#backupCode"))
                .isEqualTo(Messages.of("backupCodeErrorMistyped") + " " + Messages.of("backupCodeHelp"));
        person.page().keyboard().type(code);
        person.page().keyboard().press("Enter");
    }

    private static void choosesWhatToDoAfterwards(Person person) {
        AfterUsePage.on(person);
        person.tabTo("#replaceLost > summary");
        person.page().keyboard().press("Enter");
        List<String> fields = KeyboardUser.fields(person);
        assertThat(fields).contains("setUpApp", "continue", "makeCodes");
        assertThat(KeyboardUser.reached(person)).containsExactlyElementsOf(fields);
        person.tabTo("#makeCodes");
        person.page().keyboard().press("Enter");
    }

    private static void savesCodes(Person person) {
        BackupCodesPage page = BackupCodesPage.on(person);
        assertThat(KeyboardUser.fields(person))
                .containsExactly(
                        "copyBackupCodes",
                        "downloadBackupCodes",
                        "printBackupCodes",
                        "codesSaved",
                        "logout-sessions",
                        "saveBackupCodes",
                        "keepOldCodes");
        assertThat(KeyboardUser.reached(person)).containsExactlyElementsOf(KeyboardUser.fields(person));
        assertThat(spoken(person))
                .isEqualTo(page.codes().stream().map(KeyboardIT::spelled).toList());

        person.tabTo("#copyBackupCodes");
        person.allowClipboard();
        person.page().keyboard().press("Enter");
        assertThat(page.status()).isEqualTo(Messages.of("backupCodesCopied"));
        assertThat(aria(person, "#backup-codes")).contains("status: " + Messages.of("backupCodesCopied"));
        person.assertFocus("#copyBackupCodes", "after copying");

        page.submit();
        Screen.await(person.page(), "#input-error-codesSaved");
        person.assertFocus("#codesSaved", "after an error");
        assertThat(person.page().getAttribute("#codesSaved", "aria-invalid")).isEqualTo("true");
        assertThat(description(person, "#codesSaved")).isEqualTo(Messages.of("backupCodesErrorNotSaved"));
        person.page().keyboard().press("Space");
        person.tabTo("#saveBackupCodes");
        person.page().keyboard().press("Enter");
        assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();
    }

    /** The items of the list of codes as a screen reader reads them. */
    private static List<String> spoken(Person person) {
        String tree = aria(person, ".bc-sheet");
        assertThat(tree.lines().findFirst().orElse("")).contains("list \"" + Messages.of("backupCodesOnce") + "\"");
        return tree.lines()
                .skip(1)
                .map(line -> line.strip().replaceFirst("^- listitem: ", "").replace("\"", ""))
                .toList();
    }

    private static String spelled(String code) {
        return Stream.of(code.split("-", -1))
                .map(group -> String.join(" ", group.split("")))
                .collect(Collectors.joining(", "));
    }

    private static String aria(Person person, String css) {
        return person.page().locator(css).ariaSnapshot();
    }

    /** What a screen reader says of a field beside its name. */
    private static String description(Person person, String css) {
        return String.valueOf(person.page().evaluate("""
                css => (document.querySelector(css).getAttribute("aria-describedby") ?? "").split(" ").filter(id => id)
                  .map(id => document.getElementById(id).textContent.trim()).join(" ")
                """, css));
    }
}
