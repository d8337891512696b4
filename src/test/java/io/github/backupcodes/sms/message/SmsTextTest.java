package io.github.backupcodes.sms.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsTextTest {

    private static final SmsText.Format ENGLISH = format("{0} is your code for {1}. Never give it to anyone.");
    private static final SmsText.Format SITE_ALONE = format("{0}");

    @Test
    void the_last_line_binds_the_code_to_the_host() {
        assertThat(SmsText.withCode(ENGLISH, "123456", "Demo", "login.example.org"))
                .isEqualTo("123456 is your code for Demo. Never give it to anyone.\n\n@login.example.org #123456");
    }

    @Test
    void a_host_that_browsers_do_not_read_makes_no_line() {
        String without = "123456 is your code for Demo. Never give it to anyone.";
        assertThat(SmsText.withCode(ENGLISH, "123456", "Demo", null)).isEqualTo(without);
        assertThat(SmsText.withCode(ENGLISH, "123456", "Demo", "[::1]")).isEqualTo(without);
        assertThat(SmsText.withCode(ENGLISH, "123456", "Demo", "example.org:8443"))
                .isEqualTo(without);
        assertThat(SmsText.withCode(ENGLISH, "123456", "Demo", "example.org #000000\n"))
                .isEqualTo(without);
        assertThat(SmsText.withCode(ENGLISH, "123456", "Demo", "b\u00FCcher.example"))
                .isEqualTo(without);
        assertThat(SmsText.withCode(ENGLISH, "123456", "Demo", "XN--BCHER-KVA.example"))
                .isEqualTo(without + "\n\n@xn--bcher-kva.example #123456");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Demo, Demo
            Caf\u00E9 Z\u00FCrich, Caf\u00E9 Z\u00FCrich
            Cafe\u0301, Caf\u00E9
            'Dr. No, Inc.', 'Dr. No, Inc.'
            Booking.com, Booking com
            www.evil.example, www evil example
            https://evil.example/a?b=c, https evil example a
            evil\u3002example, evil example
            evil\uFF0Eexample, evil example
            a..b, a b
            192.168.0.1, 192 168 0 1
            me@evil.example, me evil example
            '@evil.example #000000', evil example 000000
            \uFF20evil\uFF03 1, evil 1
            'A\u202Egnp.exe', Agnp exe
            'A\u2066B\u2069C\u200B', ABC
            'Line\r\n@evil', Line evil
            'Tab\tbed  name', Tab bed name
            'App: Admin', App: Admin
            '@#@', -
            '', -
            A name that is longer than all, A name that is longe
            A name that is long and, A name that is long
            """)
    void the_name_of_the_site_cannot_mislead(String name, String shown) {
        assertThat(SmsText.withoutCode(SITE_ALONE, name)).isEqualTo(shown);
    }

    @Test
    void a_name_is_cut_between_characters_as_readers_see_them() {
        assertThat(SmsText.withoutCode(SITE_ALONE, "1234567890123456789\uD83D\uDD12"))
                .isEqualTo("1234567890123456789");
        assertThat(SmsText.withoutCode(SITE_ALONE, "123456789012345678\uD83D\uDD12 more"))
                .isEqualTo("123456789012345678\uD83D\uDD12");
        assertThat(SmsText.withoutCode(SITE_ALONE, "1234567890123456789q\u0323"))
                .isEqualTo("1234567890123456789");
        assertThat(SmsText.withoutCode(SITE_ALONE, "x" + "\u0323".repeat(1_000)).length())
                .isEqualTo(20);
        assertThat(SmsText.withoutCode(SITE_ALONE, "\uD83D\uDC4D".repeat(30))).isEqualTo("\uD83D\uDC4D".repeat(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcdefghijklmnopqrst.com",
                "a.b",
                "http:/x",
                "\u2068x.y\u2069",
                "a\u00AD.b",
                "x.\u200Bcom",
                "ev\u0301il.com",
                "\uFF20a \uFF03b",
                "a . b"
            })
    void no_name_has_a_domain_or_a_sign_of_the_last_line(String name) {
        assertThat(SmsText.withoutCode(SITE_ALONE, name))
                .doesNotContainPattern("[@#/\\p{Cf}\\p{Cc}]")
                .doesNotContainPattern("[\\p{L}\\p{N}][.][\\p{L}\\p{N}]");
    }

    @Test
    void whatever_the_name_is_the_last_line_is_that_of_the_server() {
        Random random = new Random(20_261_202);
        String characters = "ab1.@# /\\:\n\r\u2028\u0085\u202E\u2066\uFF20\uFF03\u0301\uD83D\uDD12\uD83D{0}'\"&$%";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            int length = random.nextInt(40);
            for (int j = 0; j < length; j++) {
                name.append(characters.charAt(random.nextInt(characters.length())));
            }
            String text = SmsText.withCode(ENGLISH, "123456", name.toString(), "login.example.org");
            assertThat(text).as(name.toString()).endsWith(". Never give it to anyone.\n\n@login.example.org #123456");
            assertThat(text.split("\\R", -1)).hasSize(3);
            assertThat(text.codePoints().filter(each -> each == '@' || each == '#'))
                    .hasSize(2);
            assertThat(text.length()).isLessThanOrEqualTo(44 + 6 + 20 + 28);
        }
    }

    @Test
    void typographic_characters_are_plain_if_that_shortens_the_message() {
        assertThat(SmsText.withoutCode(format("L\u2019app \u201C{0}\u201D \u2013 \u2026"), "Bob\u2019s"))
                .isEqualTo("L'app \"Bob's\" - ...");
        assertThat(SmsText.withoutCode(format("\u201E{0}\u201C \u2013 \u10D9"), "Bob\u2019s"))
                .isEqualTo("\u201EBob\u2019s\u201C \u2013 \u10D9");
    }

    private static SmsText.Format format(String pattern) {
        return arguments -> new MessageFormat(pattern, Locale.ROOT).format(arguments);
    }
}
