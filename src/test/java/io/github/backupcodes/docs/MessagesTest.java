package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts in all languages: same keys, same placeholders, formed as {@link MessageFormat} wants them. */
class MessagesTest {

    private static final Path THEMES = Path.of("themes");
    private static final Pattern KEY_IN_SOURCE = Pattern.compile(
            "\"((?:backup-?[cC]ode|loginVerification|login-verification|email-?[cC]ode|sms-?[cC]ode|verificationCode)[a-zA-Z-]*[A-Za-z])\"");

    /** The end of a key whose beginning is the name of a factor whose codes are sent. */
    private static final Pattern KEY_OF_FACTOR = Pattern.compile("\"(Mail[A-Z][A-Za-z]*|NotConfirmed|Disabled)\"");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)}");

    static List<MessageBundle> translations() {
        return MessageBundle.all();
    }

    @ParameterizedTest
    @MethodSource("translations")
    void every_language_has_the_texts_of_the_english_one(MessageBundle messages) {
        assertThat(messages.byKey().stringPropertyNames())
                .isEqualTo(MessageBundle.english().byKey().stringPropertyNames());
    }

    @ParameterizedTest
    @MethodSource("translations")
    void every_text_has_the_placeholders_of_the_english_one(MessageBundle messages) {
        MessageBundle english = MessageBundle.english();
        assertThat(english.byKey().stringPropertyNames())
                .allSatisfy(key ->
                        assertThat(placeholders(messages.get(key))).as(key).isEqualTo(placeholders(english.get(key))));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void no_text_loses_anything_when_it_is_formatted(MessageBundle messages) {
        assertThat(messages.byKey().stringPropertyNames()).allSatisfy(key -> {
            String text = messages.get(key);
            assertThat(text).as(key).isNotBlank().doesNotContain("'");
            if (text.contains("{{")) {
                return; // for the account console, which replaces {{0}} by itself
            }
            assertThat(new MessageFormat(text, Locale.ROOT).format(new Object[] {"{0}", "{1}", "{2}"}))
                    .as(key)
                    .isEqualTo(text);
        });
    }

    @Test
    void every_text_that_the_code_or_a_page_asks_for_is_there_and_none_is_left_over() throws IOException {
        Set<String> used = new TreeSet<>();
        Set<String> ofFactors = new TreeSet<>();
        for (Path directory : List.of(Path.of("src/main/java"), THEMES.resolve("templates"))) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String source = Files.readString(file);
                    Matcher key = KEY_IN_SOURCE.matcher(source);
                    while (key.find()) {
                        used.add(key.group(1));
                    }
                    Matcher end = KEY_OF_FACTOR.matcher(source);
                    while (end.find()) {
                        ofFactors.add(withoutPart(end.group(1)));
                    }
                }
            }
        }
        Set<String> there = MessageBundle.english().byKey().stringPropertyNames();
        Set<String> derived = Set.of(
                "requiredAction.CONFIGURE_BACKUP_CODES",
                "requiredAction.CONFIGURE_EMAIL_CODE",
                "requiredAction.CONFIGURE_SMS_CODE",
                "requiredAction.CONFIGURE_LOGIN_VERIFICATION",
                "backup-codes",
                "backup-codes-temporary",
                "backup-code-form-display-name",
                "backup-code-form-help-text",
                "email-code",
                "email-code-display-name",
                "email-code-help-text",
                "email-code-form-display-name",
                "email-code-form-help-text",
                "sms-code",
                "sms-code-display-name",
                "sms-code-help-text",
                "sms-code-form-display-name",
                "sms-code-form-help-text",
                "backup-code-lost-display-name",
                "backup-code-lost-help-text",
                "otp-or-backup-code-form-display-name",
                "otp-or-backup-code-form-help-text");
        assertThat(there).allSatisfy(key -> assertThat(used.contains(key)
                        || derived.contains(key)
                        || used.contains(key.replaceAll("Help$", ""))
                        || used.contains(withoutPart(key))
                        || used.contains(key.replaceAll("(Email|Sms)(Setup)?$", ""))
                        || ofFactors.contains(withoutPart(key.replaceAll("^(email|sms)Code", "")))
                        || used.contains(key.replaceAll("(Mail[A-Z][a-z]+)(Subject|Text)$", "$1")))
                .as("a use of %s", key)
                .isTrue());
        assertThat(
                        used.stream()
                                .filter(
                                        key -> key.matches(
                                                "(backupCodes?|loginVerification|emailCode|smsCode|verificationCode)(Error|Setting|FewLeft|NoneLeft|NotAsked|Unreadable|Remaining).*")))
                .allSatisfy(key -> assertThat(there).containsAnyOf(key, key + "Email"));
    }

    /** The title and the text of a warning, and the subject and the text of a mail, have one key in the code. */
    private static String withoutPart(String key) {
        return key.replaceAll("(Title|Subject|Text)$", "");
    }

    private static Set<String> placeholders(String text) {
        Set<String> found = new TreeSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            found.add(placeholder.group(1));
        }
        return found;
    }
}
