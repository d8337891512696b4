package io.github.backupcodes.sms.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmsSegmentsTest {

    @Test
    void a_message_of_the_default_alphabet_has_160_characters() {
        assertThat(SmsSegments.of("")).isEqualTo(new SmsSegments(SmsEncoding.GSM_7, 0, 1));
        assertThat(SmsSegments.of("a".repeat(160))).isEqualTo(new SmsSegments(SmsEncoding.GSM_7, 160, 1));
        assertThat(SmsSegments.of("a".repeat(161))).isEqualTo(new SmsSegments(SmsEncoding.GSM_7, 161, 2));
        assertThat(SmsSegments.of("a".repeat(306)).count()).isEqualTo(2);
        assertThat(SmsSegments.of("a".repeat(307)).count()).isEqualTo(3);
    }

    @Test
    void a_character_of_the_extension_table_counts_twice_and_is_not_divided() {
        assertThat(SmsSegments.of("€".repeat(80))).isEqualTo(new SmsSegments(SmsEncoding.GSM_7, 160, 1));
        assertThat(SmsSegments.of("€".repeat(81))).isEqualTo(new SmsSegments(SmsEncoding.GSM_7, 162, 2));
        assertThat(SmsSegments.of("€".repeat(153)).units()).isEqualTo(306);
        assertThat(SmsSegments.of("€".repeat(153)).count())
                .as("153 is odd, so a septet of each segment is left over")
                .isEqualTo(3);
        assertThat(SmsEncoding.of("\f^{}\\[~]|€")).isEqualTo(SmsEncoding.GSM_7);
    }

    @Test
    void a_message_of_other_characters_has_70() {
        assertThat(SmsSegments.of("ж".repeat(70))).isEqualTo(new SmsSegments(SmsEncoding.UCS_2, 70, 1));
        assertThat(SmsSegments.of("ж".repeat(71))).isEqualTo(new SmsSegments(SmsEncoding.UCS_2, 71, 2));
        assertThat(SmsSegments.of("ж".repeat(134)).count()).isEqualTo(2);
        assertThat(SmsSegments.of("ж".repeat(135)).count()).isEqualTo(3);
        assertThat(SmsSegments.of("a".repeat(69) + "ç")).isEqualTo(new SmsSegments(SmsEncoding.UCS_2, 70, 1));
    }

    @Test
    void an_emoji_counts_twice_and_is_not_divided() {
        assertThat(SmsSegments.of("\uD83D\uDD12".repeat(35))).isEqualTo(new SmsSegments(SmsEncoding.UCS_2, 70, 1));
        assertThat(SmsSegments.of("\uD83D\uDD12".repeat(67)))
                .as("67 is odd, so a unit of each segment is left over")
                .isEqualTo(new SmsSegments(SmsEncoding.UCS_2, 134, 3));
    }

    @Test
    void letters_that_look_alike_are_told_apart() {
        assertThat(SmsEncoding.of("ÄÖÜäöüßñÑàèéìòùÅåÆæØøÇ¿¡§£¥ΔΦΓΛΩΠΨΣΘΞ\r\n")).isEqualTo(SmsEncoding.GSM_7);
        for (char other : "çáíóúâêîôûãõëïÿÀÈÊłşğıəΑα’–\u00A0\u001B`\u0000\t".toCharArray()) {
            assertThat(SmsEncoding.of(String.valueOf(other)))
                    .as("U+%04X", (int) other)
                    .isEqualTo(SmsEncoding.UCS_2);
        }
    }
}
