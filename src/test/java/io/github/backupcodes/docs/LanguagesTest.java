package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every language of Keycloak's login pages has its texts, in this language. */
class LanguagesTest {

    /** Words that a language writes as English does. */
    private static final Map<String, Set<String>> SAME_AS_IN_ENGLISH = Map.of(
            "de", Set.of("verificationCodeLabel"),
            "fr", Set.of("verificationCodeLabel"),
            "it", Set.of("backupCodesMailAccount"),
            "nl", Set.of("backupCodesMailAccount", "verificationCodeLabel"));

    /** Languages that do not write in Latin letters. */
    private static final Map<String, Set<UnicodeScript>> SCRIPTS = Map.ofEntries(
            Map.entry("ar", Set.of(UnicodeScript.ARABIC)),
            Map.entry("el", Set.of(UnicodeScript.GREEK)),
            Map.entry("fa", Set.of(UnicodeScript.ARABIC)),
            Map.entry("hy", Set.of(UnicodeScript.ARMENIAN)),
            Map.entry("ja", Set.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HAN)),
            Map.entry("ka", Set.of(UnicodeScript.GEORGIAN)),
            Map.entry("kk", Set.of(UnicodeScript.CYRILLIC)),
            Map.entry("ko", Set.of(UnicodeScript.HANGUL)),
            Map.entry("ky", Set.of(UnicodeScript.CYRILLIC)),
            Map.entry("ru", Set.of(UnicodeScript.CYRILLIC)),
            Map.entry("th", Set.of(UnicodeScript.THAI)),
            Map.entry("uk", Set.of(UnicodeScript.CYRILLIC)),
            Map.entry("zh_Hans", Set.of(UnicodeScript.HAN)),
            Map.entry("zh_Hant", Set.of(UnicodeScript.HAN)));

    /** The other name of a WebAuthn credential in a language: the pages of Keycloak say passkey, or say security key. */
    private static final Map<String, String> NOT_AS_KEYCLOAK = Map.ofEntries(
            Map.entry("ar", "مفتاح مرور"),
            Map.entry("az", "təhlükəsizlik açar"),
            Map.entry("ca", "clau de seguretat"),
            Map.entry("cs", "bezpečnostní klíč"),
            Map.entry("da", "adgangsnøgle"),
            Map.entry("de", "Sicherheitsschlüssel"),
            Map.entry("el", "κλειδί πρόσβασης"),
            Map.entry("en", "security key"),
            Map.entry("es", "llave de seguridad"),
            Map.entry("eu", "segurtasun-giltz"),
            Map.entry("fa", "کلید عبور"),
            Map.entry("fi", "pääsyavain"),
            Map.entry("fr", "clé de sécurité"),
            Map.entry("hr", "ključ za prijavu"),
            Map.entry("hu", "jelszókulcs"),
            Map.entry("hy", "անվտանգության բանալի"),
            Map.entry("id", "kunci keamanan"),
            Map.entry("it", "chiave di sicurezza"),
            Map.entry("ja", "セキュリティーキー"),
            Map.entry("ka", "უსაფრთხოების გასაღებ"),
            Map.entry("kk", "қауіпсіздік кілт"),
            Map.entry("ko", "보안 키"),
            Map.entry("ky", "коопсуздук ачкыч"),
            Map.entry("lt", "saugos rakt"),
            Map.entry("lv", "drošības atslēg"),
            Map.entry("nl", "beveiligingssleutel"),
            Map.entry("no", "sikkerhetsnøkkel"),
            Map.entry("pl", "klucz bezpieczeństwa"),
            Map.entry("pt", "chave de acesso"),
            Map.entry("pt_BR", "chave de acesso"),
            Map.entry("ro", "cheie de securitate"),
            Map.entry("ru", "ключ безопасности"),
            Map.entry("sk", "bezpečnostný kľúč"),
            Map.entry("sl", "varnostni ključ"),
            Map.entry("sv", "säkerhetsnyckel"),
            Map.entry("th", "พาสคีย์"),
            Map.entry("tr", "güvenlik anahtar"),
            Map.entry("uk", "ключ доступу"),
            Map.entry("vi", "khóa bảo mật"),
            Map.entry("zh_Hans", "通行密钥"),
            Map.entry("zh_Hant", "安全金鑰"));

    /** A word in the quotation marks of any language. */
    private static final Pattern QUOTED =
            Pattern.compile("[\u201C\u201D\u201E\u2018\u00AB\u00BB\u300C][^.]*?[\u201C\u201D\u2019\u00AB\u00BB\u300D]");

    /** A row of the table of terms: the language, and the word for text message in the last column. */
    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+)` \\|(?:[^|\n]*\\|){8} ([^|\n]+) \\|$", Pattern.MULTILINE);

    static List<MessageBundle> all() {
        return MessageBundle.all();
    }

    static List<MessageBundle> translations() {
        return MessageBundle.all().stream()
                .filter(messages -> !messages.locale().equals("en"))
                .toList();
    }

    @Test
    void every_language_of_the_login_pages_is_there_and_no_other() {
        assertThat(MessageBundle.all())
                .extracting(MessageBundle::locale)
                .containsExactlyInAnyOrderElementsOf(KeycloakLanguages.ALL);
    }

    @ParameterizedTest
    @MethodSource("translations")
    void no_text_is_still_english(MessageBundle messages) {
        MessageBundle english = MessageBundle.english();
        Set<String> same = SAME_AS_IN_ENGLISH.getOrDefault(messages.locale(), Set.of());
        assertThat(messages.byKey().stringPropertyNames())
                .filteredOn(key -> messages.get(key).equals(english.get(key)))
                .containsExactlyInAnyOrderElementsOf(same);
    }

    @ParameterizedTest
    @MethodSource("translations")
    void every_text_is_in_the_letters_of_its_language(MessageBundle messages) {
        Set<UnicodeScript> scripts = SCRIPTS.getOrDefault(messages.locale(), Set.of(UnicodeScript.LATIN));
        assertThat(messages.byKey().stringPropertyNames())
                .allSatisfy(key -> assertThat(messages.get(key).codePoints().mapToObj(UnicodeScript::of))
                        .as("%s: %s", key, messages.get(key))
                        .containsAnyElementsOf(scripts));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void numbers_are_in_the_digits_of_codes(MessageBundle messages) {
        assertThat(messages.byKey().stringPropertyNames())
                .allSatisfy(key -> assertThat(messages.get(key)).as(key).doesNotContainPattern("[\\p{Nd}&&[^0-9]]"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_passkey_has_one_name_which_is_that_of_keycloak(MessageBundle messages) {
        String other = NOT_AS_KEYCLOAK.get(messages.locale());
        assertThat(other).isNotNull();
        assertThat(messages.byKey().stringPropertyNames())
                .allSatisfy(key -> assertThat(messages.get(key)).as(key).doesNotContainIgnoringCase(other));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void a_button_has_one_name_in_the_texts_about_mails_and_text_messages(MessageBundle messages) {
        for (String end : List.of("NotConfirmedText", "DisabledText")) {
            List<String> button = quoted(messages.get("emailCode" + end));
            assertThat(button).as("emailCode%s", end).hasSize(1);
            assertThat(quoted(messages.get("smsCode" + end)))
                    .as("smsCode%s", end)
                    .isEqualTo(button);
        }
    }

    @Test
    void the_page_of_terms_has_the_word_for_text_message_of_each_language() throws IOException {
        Map<String, String> words = ROW.matcher(Files.readString(Path.of("docs/translations.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        assertThat(words).containsOnlyKeys(KeycloakLanguages.ALL);
        assertThat(MessageBundle.all())
                .allSatisfy(messages -> assertThat(messages.byKey().stringPropertyNames())
                        .filteredOn(key -> key.matches("sms.*|verificationCode.*Sms"))
                        .extracting(messages::get)
                        .as(messages.locale())
                        .anySatisfy(text -> assertThat(text)
                                .containsIgnoringCase(words.getOrDefault(messages.locale(), "no word"))));
    }

    private static List<String> quoted(String text) {
        return QUOTED.matcher(text).results().map(MatchResult::group).toList();
    }
}
