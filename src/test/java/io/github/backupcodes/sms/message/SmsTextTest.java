package io.github.backupcodes.sms.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SmsTextTest {

    private static final String CODE = "123456";

    /** Twenty characters that the default alphabet of text messages has. */
    private static final String SITE = "Stadtwerke Musterdor";

    /** Forty characters. */
    private static final String HOST = "login.accounts.some-company.example.test";

    /** The grammar of the WICG text: at sign, host, one space, number sign, code; nothing follows. */
    private static final Pattern LAST_LINE = Pattern.compile("(?s).*\\n@([a-z0-9.-]+) #([^\\s#]+)\\z");

    /** Languages whose script the default alphabet lacks, or which are not readable without letters that it lacks. */
    private static final Set<String> UCS2 = Set.of(
            "ar", "az", "el", "fa", "hy", "ja", "ka", "kk", "ko", "ky", "lt", "lv", "ro", "ru", "th", "tr", "uk", "vi",
            "zh_Hans", "zh_Hant", "hu", "hr", "sl", "sk", "cs", "pl");

    @Test
    void the_site_cannot_add_lines_or_links() {
        assertThat(SmsText.site("Demo")).isEqualTo("Demo");
        assertThat(SmsText.site("Demo\n@evil.example #1")).isEqualTo("Demo evil example 1");
        assertThat(SmsText.site("See https://evil.example/x now")).isEqualTo("See now");
        assertThat(SmsText.site("www.evil.example")).isEqualTo("-");
        assertThat(SmsText.site("evil.example")).isEqualTo("evil example");
        assertThat(SmsText.site("a\u202Eb\u2066c\u0007")).isEqualTo("abc");
        assertThat(SmsText.site("No. 1")).isEqualTo("No. 1");
        assertThat(SmsText.site("\uFF20\uFF03")).isEqualTo("-");
        assertThat(SmsText.site("")).isEqualTo("-");
    }

    @Test
    void a_long_site_is_cut_between_characters() {
        assertThat(SmsText.site("x".repeat(30))).hasSize(20);
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        assertThat(SmsText.site("x".repeat(19) + "\uD83D\uDE00")).isEqualTo("x".repeat(19));
        assertThat(SmsText.site("x".repeat(18) + "e\u0301".repeat(3))).isEqualTo("x".repeat(18) + "e\u0301");
        assertThat(SmsText.site(family)).doesNotContain("\u200D");
    }

    @Test
    void the_last_line_ties_the_code_to_the_host() {
        for (String host : List.of("a.example", "login.example.org", HOST)) {
            String text = SmsText.ofCode(site -> CODE + " for " + site, SITE, host, CODE);
            Matcher line = LAST_LINE.matcher(text);
            assertThat(line.matches()).as(text).isTrue();
            assertThat(line.group(1)).isEqualTo(host);
            assertThat(line.group(2)).isEqualTo(CODE);
        }
        assertThat(SmsText.ofCode(site -> CODE, SITE, null, CODE)).isEqualTo(CODE);
    }

    /** Writes {@code target/sms-segments.md}. */
    @Test
    void messages_of_all_languages_have_one_segment_or_two() throws IOException {
        StringBuilder table = new StringBuilder("| Language | Alphabet | Sign-in | Set-up |\n|---|---|---|---|\n");
        Set<String> unexpected = new TreeSet<>();
        for (Locale language : Messages.languages()) {
            String signIn = text("smsCodeText", language);
            String setUp = text("smsCodeTextSetup", language);
            String tag = language.toLanguageTag();
            boolean ucs2 = UCS2.contains(Messages.suffix(language));
            table.append("| %s | %s | %d | %d |%n"
                    .formatted(
                            tag,
                            SmsSegments.isGsm7(signIn + setUp) ? "GSM-7" : "UCS-2",
                            SmsSegments.count(signIn),
                            SmsSegments.count(setUp)));
            assertThat(signIn).as(tag).contains(CODE, SITE);
            assertThat(setUp).as(tag).contains(CODE, SITE);
            assertThat(LAST_LINE.matcher(signIn).matches()).as(tag).isTrue();
            for (String text : List.of(signIn, setUp)) {
                if (!ucs2 && (!SmsSegments.isGsm7(text) || SmsSegments.count(text) > 1)) {
                    unexpected.add(tag + ": " + SmsSegments.count(text) + " " + SmsSegments.missing(text));
                } else if (SmsSegments.count(text) > (text.equals(signIn) ? 2 : 3)) {
                    unexpected.add(tag + ": " + SmsSegments.count(text));
                }
            }
        }
        Files.writeString(Path.of("target", "sms-segments.md"), table);
        assertThat(unexpected).isEmpty();
    }

    private static String text(String key, Locale language) {
        return SmsText.ofCode(site -> Messages.in(language, key, CODE, site), SITE, HOST, CODE);
    }
}
