package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CodeGeneratorPropertyTest {

    @Property
    void the_codes_of_a_set_are_distinct_and_of_its_format(
            @ForAll("formats") CodeFormat format, @ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int count) {
        List<BackupCode> codes = new CodeGenerator(SeededRandom.of(seed)).generate(format, count);

        assertThat(codes).hasSize(count).doesNotHaveDuplicates().allSatisfy(code -> assertThat(
                        format.parse(code.symbols()))
                .isEqualTo(new ParsedCode.WellFormed(code)));
    }

    @Provide
    Arbitrary<CodeFormat> formats() {
        return RandomCodes.formats();
    }
}
