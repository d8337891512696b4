package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodeFormatPropertyTest {

    /** Ends of lines, spaces, no-break spaces, dashes, and the invisible marks that pasted text brings along. */
    private static final String[] SEPARATORS = {
        "", "", "", " ", "\t", "\r\n", "\u00A0", "\u2007", "\u202F", "\u2009", "\u3000", "-", "\u2010", "\u2011",
        "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\uFF0D", "\uFE63", "\u200E", "\u00AD", "\uFEFF"
    };

    /** What a code is put between where it is quoted, on one side or on both. */
    private static final String[] AROUND = {"", "", "", "\"", "'", "`", "\u201C", "\u201D", "\u00AB", "\u300D", "\uFF02"
    };

    /** The place of a code on the list that it was copied from. */
    private static final String[] NUMBERS = {
        "", "", "", "3. ", "3.", "10) ", "50.\t", "\u0663. ", "\u06F3\u06F0) ", "\uFF13\uFF0E "
    };

    private static final int FULL_WIDTH = 0xFEE0;

    /** The zeros of Arabic, Persian, Devanagari, Bengali, Thai and Khmer. */
    private static final List<Character> DIGIT_SCRIPTS =
            List.of('\u0660', '\u06F0', '\u0966', '\u09E6', '\u0E50', '\u17E0');

    /** A code of a format. */
    record Drawn(CodeFormat format, BackupCode code) {}

    /** A code and one way to type it. */
    record Typing(CodeFormat format, BackupCode code, String typed) {}

    @Property
    void every_generated_code_is_read_in_any_of_its_typed_forms(@ForAll("typings") Typing typing) {
        assertThat(typing.format().parse(typing.typed())).isEqualTo(new ParsedCode.WellFormed(typing.code()));
    }

    @Property
    void every_generated_code_is_read_as_shown_and_in_lower_case(@ForAll("drawn") Drawn drawn) {
        String shown = drawn.code().grouped();

        assertThat(drawn.format().parse(shown)).isEqualTo(new ParsedCode.WellFormed(drawn.code()));
        assertThat(drawn.format().parse(shown.toLowerCase(Locale.ROOT)))
                .isEqualTo(new ParsedCode.WellFormed(drawn.code()));
    }

    @Property
    void groups_of_a_code_differ_by_one_symbol_at_most(@ForAll("drawn") Drawn drawn) {
        List<Integer> lengths = new ArrayList<>();
        for (String group : drawn.code().grouped().split("-", -1)) {
            lengths.add(group.length());
        }

        assertThat(lengths).allMatch(length -> length >= 3 && length <= 5);
        assertThat(lengths.get(0) - lengths.get(lengths.size() - 1)).isBetween(0, 1);
        assertThat(lengths.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(drawn.format().length());
    }

    @Property
    void whatever_is_typed_gives_a_code_of_the_format_or_a_reason(
            @ForAll("formats") CodeFormat format, @ForAll String typed) {
        if (format.parse(typed) instanceof ParsedCode.WellFormed read) {
            assertThat(read.code().symbols()).hasSize(format.length());
            assertThat(format.parse(read.code().symbols())).isEqualTo(read);
        }
    }

    /** Or a number that is left out could make two codes of one input. */
    @Property
    void two_codes_are_never_typed_in_the_same_way(@ForAll("pairs") List<Typing> pair) {
        if (!pair.get(0).code().equals(pair.get(1).code())) {
            assertThat(pair.get(0).format().parse(pair.get(1).typed()))
                    .isNotEqualTo(new ParsedCode.WellFormed(pair.get(0).code()));
        }
    }

    @Property
    void a_code_with_a_symbol_less_or_more_is_of_the_wrong_length(@ForAll("drawn") Drawn drawn, @ForAll boolean less) {
        String symbols = drawn.code().symbols();

        assertThat(drawn.format().parse(less ? symbols.substring(1) : symbols + "7"))
                .isEqualTo(ParsedCode.Malformed.LENGTH);
    }

    @Provide
    Arbitrary<CodeFormat> formats() {
        return RandomCodes.formats().withoutEdgeCases();
    }

    @Provide
    Arbitrary<Drawn> drawn() {
        return RandomCodes.formats()
                .flatMap(format -> RandomCodes.codes(format).map(code -> new Drawn(format, code)))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Typing> typings() {
        return RandomCodes.formats().flatMap(CodeFormatPropertyTest::typings);
    }

    @Provide
    Arbitrary<List<Typing>> pairs() {
        return RandomCodes.formats().flatMap(format -> typings(format).list().ofSize(2));
    }

    private static Arbitrary<Typing> typings(CodeFormat format) {
        return RandomCodes.codes(format)
                .flatMap(code -> typed(format, code).map(typed -> new Typing(format, code, typed)));
    }

    private static Arbitrary<String> typed(CodeFormat format, BackupCode code) {
        List<Arbitrary<String>> parts = new ArrayList<>();
        parts.add(Arbitraries.of(AROUND));
        parts.add(Arbitraries.of(NUMBERS));
        parts.add(Arbitraries.of(AROUND));
        parts.add(Arbitraries.of(SEPARATORS));
        for (char symbol : code.symbols().toCharArray()) {
            parts.add(Arbitraries.of(forms(format, symbol)));
            parts.add(Arbitraries.of(SEPARATORS));
        }
        parts.add(Arbitraries.of(AROUND));
        return Combinators.combine(parts).as(strings -> String.join("", strings));
    }

    private static List<String> forms(CodeFormat format, char symbol) {
        String upper = String.valueOf(symbol);
        List<String> forms =
                new ArrayList<>(List.of(upper, upper.toLowerCase(Locale.ROOT), shifted(symbol, FULL_WIDTH)));
        if (Character.isDigit(symbol)) {
            DIGIT_SCRIPTS.forEach(zero -> forms.add(shifted(symbol, zero - '0')));
        }
        if (format.alphabet() == Alphabet.BASE32) {
            forms.addAll(
                    switch (symbol) {
                        case '0' -> List.of("O", "o", shifted('o', FULL_WIDTH));
                        case '1' -> List.of("I", "i", "L", "l", shifted('L', FULL_WIDTH));
                        default -> List.of();
                    });
        }
        return forms;
    }

    private static String shifted(char symbol, int by) {
        return String.valueOf((char) (symbol + by));
    }
}
