package io.github.backupcodes.screens;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sheet on paper. */
@WithBrowser
class PrintIT {

    private static final Pattern PAGE_OF_PDF = Pattern.compile("/Type\\s*/Page\\b");

    /** Texts that would be printed and are not part of the sheet. */
    private static final String ELSEWHERE = """
            () => {
              const found = [];
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const parent = texts.currentNode.parentElement;
                if (texts.currentNode.data.trim() && parent.checkVisibility() && !parent.closest(".bc-sheet")) {
                  found.push(texts.currentNode.data.trim());
                }
              }
              return found;
            }
            """;

    private static final String TICK_BOXES = """
            () => [...document.querySelectorAll(".bc-codes li")].map(item => getComputedStyle(item, "::before"))
              .filter(box => parseFloat(box.width) > 5 && parseFloat(box.height) > 5
                && parseFloat(box.borderLeftWidth) > 0).length
            """;

    @AutoClose
    private static final TestRealm realm = TestRealm.builder()
            .with("displayName", "Example")
            .codesForEverybody()
            .create();

    @ParameterizedTest(name = "{0} codes, {1}, {2}")
    @CsvSource({
        "10, A4, 15, 1",
        "10, Letter, 15, 1",
        "50, A4, 15, 1",
        "50, Letter, 15, 1",
        "50, A4, 32, 1",
        "1, A4, 15, 1",
    })
    void theSheetIsOnePageWithABoxForEachCode(int count, String paper, int length, int pages, Person person) {
        realm.admin()
                .configureCodes(Map.of("code-count", String.valueOf(count), "code-length", String.valueOf(length)));
        TestUser user = realm.user(
                        "print-%d-%s-%d".formatted(count, paper, length).toLowerCase(Locale.ROOT))
                .mustGenerateCodes()
                .create();
        LoginPage.open(person, realm).signIn(user);
        List<String> codes = BackupCodesPage.on(person).codes();
        assertThat(codes).hasSize(count);

        byte[] pdf = person.page().pdf(new Page.PdfOptions().setFormat(paper).setPreferCSSPageSize(true));
        assertThat(PAGE_OF_PDF
                        .matcher(new String(pdf, StandardCharsets.ISO_8859_1))
                        .results()
                        .count())
                .isEqualTo(pages);
        person.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(person.page().evaluate(TICK_BOXES)).isEqualTo(count);
        assertThat(person.page().evaluate(ELSEWHERE)).isEqualTo(List.of());
        assertThat(person.page().innerText(".bc-sheet"))
                .contains("Example", user.username())
                .contains(codes);
    }
}
