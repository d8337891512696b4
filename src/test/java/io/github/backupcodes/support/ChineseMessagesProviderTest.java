package io.github.backupcodes.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChineseMessagesProviderTest {

    private static final String KEY = "backup-codes-display-name";

    @ParameterizedTest
    @CsvSource({"zh-Hans, 备用验证码", "zh-CN, 备用验证码", "zh-Hant, 備用驗證碼", "zh-TW, 備用驗證碼", "zh-Hant-TW, 備用驗證碼"})
    void each_script_has_its_texts_under_all_of_its_names(String language, String name) throws IOException {
        assertThat(new ChineseMessagesProvider().getMessages("messages", Locale.forLanguageTag(language)))
                .containsEntry(KEY, name);
    }

    /** The server finds those of other languages by itself, and has no texts of other bundles. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "ja", "sr-Latn", "zh", "zh-Latn"})
    void there_is_nothing_in_other_languages(String language) throws IOException {
        assertThat(new ChineseMessagesProvider().getMessages("messages", Locale.forLanguageTag(language)))
                .isEmpty();
        assertThat(new ChineseMessagesProvider().getMessages("other", Locale.forLanguageTag("zh-Hans")))
                .isEmpty();
    }
}
