package io.github.backupcodes.screens;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.BackupCodePage;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.pages.SmsCodeSetupPage;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every language on the narrowest phone: long words have their room, what is read from the right stands there, and digits
 * are those of codes.
 */
@WithBrowser
class LanguagesIT {

    private static final int NARROW = 320;

    /** Of the languages that Keycloak has. */
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa");

    /** Where a realm has both kinds of Chinese, Keycloak takes the first for either: it compares no scripts. */
    private static final String TRADITIONAL_CHINESE = "zh-Hant";

    static List<Set<String>> languagesOfARealm() {
        Set<String> languages = languages();
        assertThat(languages).contains(TRADITIONAL_CHINESE).containsAll(RIGHT_TO_LEFT);
        languages.remove(TRADITIONAL_CHINESE);
        return List.of(languages, Set.of(TRADITIONAL_CHINESE));
    }

    @ParameterizedTest
    @MethodSource("languagesOfARealm")
    void everyLanguageHasItsRoomOnAPhone(Set<String> languages, Person person) {
        SoftAssertions softly = new SoftAssertions();
        try (TestRealm realm = TestRealm.builder()
                .with("displayName", "Example")
                .with("supportedLocales", List.copyOf(languages))
                .create()) {
            realm.admin().configureExecution(realm.backupCodeExecution(), Map.of("ask-without-second-factor", "true"));
            TestCodeSet codes = TestCodeSet.of(3);
            TestUser user = realm.user("polyglot").codes(codes).create();
            DisplayMode.setWidth(person, NARROW);
            LoginPage.open(person, realm).signIn(user);

            BackupCodePage.on(person);
            inEachLanguage(languages, "backupCodeTitle", person, softly);
            BackupCodePage.on(person).enter(codes.code(0));
            AfterUsePage.on(person);
            inEachLanguage(languages, "backupCodeUsedTitle", person, softly);
            AfterUsePage.on(person).makeCodes();
            BackupCodesPage.on(person);
            inEachLanguage(languages, "backupCodesTitle", person, softly);
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("languagesOfARealm")
    void pageForANumberHasItsRoomOnAPhone(Set<String> languages, Person person) {
        SoftAssertions softly = new SoftAssertions();
        try (SmsCodeRealm sms = SmsCodeRealm.create(Map.of())) {
            sms.realm().admin().update(Map.of("supportedLocales", List.copyOf(languages)));
            DisplayMode.setWidth(person, NARROW);
            person.open(sms.realm().actionUrl(SmsCodeRealm.ACTION));
            LoginPage.on(person).signIn(sms.realm().user("polyglot").create());
            SmsCodeSetupPage.on(person);
            inEachLanguage(languages, "smsCodeSetupTitle", person, softly);
        }
        softly.assertAll();
    }

    private static void inEachLanguage(Set<String> languages, String title, Person person, SoftAssertions softly) {
        String page = person.page().url();
        String separator = page.contains("?") ? "&" : "?";
        for (String language : languages) {
            person.open(page + separator + "kc_locale=" + language);
            softly.assertThat(Screen.heading(person)).isEqualTo(Messages.in(language, title));
            softly.assertThat(LayoutCheck.lacksNow(person))
                    .as("%s, %s", title, language)
                    .isEmpty();
            softly.assertThat(Screen.text(person))
                    .as("%s, %s: all digits are those of codes", title, language)
                    .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
            softly.assertThat(person.page().evaluate("() => document.documentElement.dir"))
                    .isEqualTo(RIGHT_TO_LEFT.contains(language) ? "rtl" : "ltr");
            softly.assertThat(person.page()
                            .evaluate("() => [...document.querySelectorAll('.bc-code, input.bc-field')]"
                                    + ".every(code => getComputedStyle(code).direction === 'ltr')"))
                    .as("%s, %s: codes are read from the left", title, language)
                    .isEqualTo(true);
        }
    }

    /** All that there are texts in. */
    private static Set<String> languages() {
        Set<String> languages = new TreeSet<>();
        Path messages = BuildFiles.project().resolve("themes/messages");
        try (Stream<Path> files = Files.list(messages)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .map(name -> name.replaceFirst("^messages_", "").replaceFirst("\\.properties$", ""))
                    .forEach(name -> languages.add(name.replace('_', '-')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return languages;
    }
}
