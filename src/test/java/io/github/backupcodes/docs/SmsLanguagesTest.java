package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.sms.message.SmsEncoding;
import io.github.backupcodes.sms.message.SmsSegments;
import io.github.backupcodes.sms.message.SmsText;
import io.github.backupcodes.sms.message.SmsTextKey;
import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The text messages of each language: their length, and that browsers read their last line. */
class SmsLanguagesTest {

    private static final Set<String> WITHOUT_GSM_7 =
            Set.of("ar", "el", "fa", "hy", "ja", "ka", "kk", "ko", "ky", "ru", "th", "uk", "zh_Hans", "zh_Hant");

    /** 5, 40 and 253 characters: the shortest of a country, the one that fits into a segment, the longest that DNS has. */
    private static final List<String> HOSTS = List.of(
            "id.de", "login.customers.of.a-company.example.org", ("a".repeat(60) + ".").repeat(4) + "example.o");

    private static final String SITE = "Twenty characters ok";
    private static final String CODE = "123456";
    private static final String LONGEST_CODE = "12345678";
    private static final List<SmsTextKey> WITH_CODE = List.of(SmsTextKey.CODE, SmsTextKey.SETUP);

    /** Chromium's parser and that of the WICG agree on this form. */
    private static final Pattern LAST_LINE = Pattern.compile("@([a-z0-9.-]+) #([0-9]+)");

    static List<MessageBundle> languages() {
        return MessageBundle.all();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void a_message_is_one_segment_or_two_of_another_script(MessageBundle messages) {
        boolean gsm = !WITHOUT_GSM_7.contains(messages.locale());
        assertThat(HOSTS.get(1)).hasSize(40);
        assertThat(SITE).hasSize(20);
        for (SmsTextKey key : SmsTextKey.values()) {
            for (String code : List.of(CODE, LONGEST_CODE)) {
                SmsSegments segments = SmsSegments.of(text(messages, key, code, HOSTS.get(1)));
                assertThat(segments.encoding())
                        .as("%s of %s", key, messages)
                        .isEqualTo(gsm ? SmsEncoding.GSM_7 : SmsEncoding.UCS_2);
                assertThat(segments.count())
                        .as("%s of %s: %s", key, messages, segments)
                        .isLessThanOrEqualTo(gsm ? 1 : 2);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void the_last_line_is_read_by_browsers_and_nothing_follows(MessageBundle messages) {
        for (String host : HOSTS) {
            for (SmsTextKey key : WITH_CODE) {
                List<String> lines = List.of(text(messages, key, CODE, host).split("\\R", -1));
                assertThat(lines).hasSize(3);
                assertThat(lines.get(1)).isEmpty();
                Matcher last = LAST_LINE.matcher(lines.get(2));
                assertThat(last.matches()).as(lines.get(2)).isTrue();
                assertThat(last.group(1)).isEqualTo(host);
                assertThat(last.group(2)).isEqualTo(CODE);
                assertThat(lines.get(0)).contains(CODE, SITE).doesNotContain("@", "#");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void a_text_has_its_arguments_and_no_address(MessageBundle messages) {
        for (SmsTextKey key : SmsTextKey.values()) {
            assertThat(messages.get(key.key()))
                    .containsOnlyOnce("{0}")
                    .doesNotContainPattern("[@#/\n]|[\\p{L}\\p{N}][.][\\p{L}\\p{N}]");
            assertThat(messages.get(key.key()).contains("{1}")).isEqualTo(WITH_CODE.contains(key));
        }
    }

    @Test
    void the_table_of_segments_is_written() throws IOException {
        List<String> rows = new ArrayList<>(List.of(
                "| Language | Encoding | " + header() + " |", "|---|---|" + "---|".repeat(SmsTextKey.values().length)));
        for (MessageBundle messages : languages()) {
            List<SmsSegments> segments = new ArrayList<>();
            for (SmsTextKey key : SmsTextKey.values()) {
                segments.add(SmsSegments.of(text(messages, key, CODE, HOSTS.get(1))));
            }
            rows.add("| `" + messages.locale() + "` | " + segments.get(0).encoding() + " | "
                    + segments.stream()
                            .map(each -> each.count() + " (" + each.units() + ")")
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
        Path table = Files.createDirectories(BuildFiles.directory()).resolve("sms-segments.md");
        Files.write(table, rows);
        assertThat(rows).hasSize(2 + KeycloakLanguages.ALL.size());
    }

    private static String header() {
        return List.of(SmsTextKey.values()).stream()
                .map(key -> "`" + key.key() + "`: segments (units)")
                .collect(Collectors.joining(" | "));
    }

    private static String text(MessageBundle messages, SmsTextKey key, String code, String host) {
        SmsText.Format format = arguments -> new MessageFormat(messages.get(key.key()), Locale.ROOT).format(arguments);
        return WITH_CODE.contains(key) ? SmsText.withCode(format, code, SITE, host) : SmsText.withoutCode(format, SITE);
    }
}
