package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LuhnMod32PropertyTest {

    @Property(tries = 1000)
    void every_single_wrong_symbol_of_a_generated_code_is_told(
            @ForAll("formats") CodeFormat format,
            @ForAll long seed,
            @ForAll @IntRange(max = CodeFormat.MAX_BASE32 - 1) int anyPosition,
            @ForAll @IntRange(max = 31) int value) {
        String code = new CodeGenerator(SeededRandom.of(seed))
                .generate(format, 1)
                .get(0)
                .symbols();
        int position = anyPosition % format.length();
        char wrong = Alphabet.BASE32.symbol(value);
        Assume.that(code.charAt(position) != wrong);

        String typed = code.substring(0, position) + wrong + code.substring(position + 1);

        assertThat(format.parse(typed)).isEqualTo(ParsedCode.Malformed.CHECK_CHARACTER);
    }

    @Provide
    Arbitrary<CodeFormat> formats() {
        return RandomCodes.base32Formats();
    }
}
