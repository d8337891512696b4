package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every language of Keycloak's login pages has its texts, in this language. */
class LanguagesTest {

    /** Words that a language writes as English does. */
    private static final Map<String, Set<String>> SAME_AS_IN_ENGLISH = Map.of();

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
}
