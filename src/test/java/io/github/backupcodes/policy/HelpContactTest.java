package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpContactTest {

    @ParameterizedTest
    @CsvSource({
        "help@example.com, mailto:help@example.com",
        "https://example.com/help?from=sign-in, https://example.com/help?from=sign-in"
    })
    void anAddressIsALink(String text, String link) {
        assertThat(HelpContact.parse(text))
                .get()
                .extracting(HelpContact::getLink)
                .isEqualTo(link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Service desk, room 12",
                "+49 30 1234567",
                "http://example.com",
                "https:",
                "https://",
                "javascript:alert(1)",
                "mailto:help@example.com?bcc=other@example.com",
                "help@example..com",
                "help@example.com or +49 30 1234567"
            })
    void anythingElseIsText(String text) {
        assertThat(HelpContact.parse(text)).get().satisfies(contact -> {
            assertThat(contact.getText()).isEqualTo(text);
            assertThat(contact.getLink()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u202Ehelp", "two\nlines", "zero\u200Bwidth"})
    void aTextThatCouldMisleadIsInvalid(String text) {
        assertThat(HelpContact.parse(text)).isEmpty();
    }

    @Test
    void aContactHasAtMost200Characters() {
        assertThat(HelpContact.parse("a".repeat(200))).isPresent();
        assertThat(HelpContact.parse("a".repeat(201))).isEmpty();
    }
}
