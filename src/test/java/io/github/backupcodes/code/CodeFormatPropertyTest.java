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

    /** A code of a format. */
    record Drawn(CodeFormat format, BackupCode code) {}

    /** A code and one way to type it. */
    record Typing(CodeFormat format, BackupCode code, String typed) {}

    @Property
    void every_generated_code_is_read_in_any_of_its_typed_forms(@ForAll("typings") Typing typing) {
        assertThat(typing.format().read(typing.typed())).isEqualTo(new TypedCode.WellFormed(typing.code()));
    }

    @Property
    void every_generated_code_is_read_as_shown_and_in_lower_case(@ForAll("drawn") Drawn drawn) {
        String shown = drawn.code().grouped();

        assertThat(drawn.format().read(shown)).isEqualTo(new TypedCode.WellFormed(drawn.code()));
        assertThat(drawn.format().read(shown.toLowerCase(Locale.ROOT)))
                .isEqualTo(new TypedCode.WellFormed(drawn.code()));
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
        if (format.read(typed) instanceof TypedCode.WellFormed read) {
            assertThat(read.code().symbols()).hasSize(format.length());
            assertThat(format.read(read.code().symbols())).isEqualTo(read);
        }
    }

    @Property
    void a_code_with_a_symbol_less_or_more_is_of_the_wrong_length(@ForAll("drawn") Drawn drawn, @ForAll boolean less) {
        String symbols = drawn.code().symbols();

        assertThat(drawn.format().read(less ? symbols.substring(1) : symbols + "7"))
                .isEqualTo(TypedCode.Mistyped.LENGTH);
    }

    @Provide
    Arbitrary<CodeFormat> formats() {
        return Codes.formats().withoutEdgeCases();
    }

    @Provide
    Arbitrary<Drawn> drawn() {
        return Codes.formats()
                .flatMap(format -> Codes.codes(format).map(code -> new Drawn(format, code)))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Typing> typings() {
        return Codes.formats().flatMap(format -> Codes.codes(format)
                .flatMap(code -> typed(format, code).map(typed -> new Typing(format, code, typed))));
    }

    private static Arbitrary<String> typed(CodeFormat format, BackupCode code) {
        List<Arbitrary<String>> parts = new ArrayList<>();
        parts.add(Arbitraries.of(SEPARATORS));
        for (char symbol : code.symbols().toCharArray()) {
            parts.add(Arbitraries.of(forms(format, symbol)));
            parts.add(Arbitraries.of(SEPARATORS));
        }
        return Combinators.combine(parts).as(strings -> String.join("", strings));
    }

    private static List<String> forms(CodeFormat format, char symbol) {
        String upper = String.valueOf(symbol);
        if (format.alphabet() == Alphabet.DIGITS) {
            return List.of(upper);
        }
        return switch (symbol) {
            case '0' -> List.of("0", "O", "o");
            case '1' -> List.of("1", "I", "i", "L", "l");
            default -> List.of(upper, upper.toLowerCase(Locale.ROOT));
        };
    }
}
