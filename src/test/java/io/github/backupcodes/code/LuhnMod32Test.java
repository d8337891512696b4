package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LuhnMod32Test {

    private static final char[] SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    /** Worked out by hand: from the right, every second value doubled and its two base32 digits added. */
    @ParameterizedTest
    @CsvSource({
        "0, 0", // 0
        "1, Y", // 2, to 32 lacks 30
        "G, Z", // 16 doubled is 32, digits 1 + 0; lacks 31
        "Z, 1", // 31 doubled is 62, digits 1 + 30 = 31; lacks 1
        "10, Z", // 0 doubled, 1 as it is; lacks 31
        "23, R", // 3 doubled is 6, and 2 are 8; lacks 24
        "ABC, 9" // 12 doubled is 24, 11, and 10 doubled is 20: 55; to 64 lack 9
    })
    void the_check_character_makes_the_sum_a_multiple_of_32(String payload, char expected) {
        assertThat(LuhnMod32.checkCharacter(payload)).isEqualTo(expected);
        assertThat(LuhnMod32.isValid(payload + expected)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 15, 31, 32})
    void every_single_wrong_symbol_is_caught_whatever_it_stands_for_in_every_position(int length) {
        int caught = 0;
        for (int position = 0; position < length; position++) {
            for (char symbol : SYMBOLS) {
                StringBuilder code = codeWith(length, position, symbol);
                for (char other : SYMBOLS) {
                    code.setCharAt(position, other);
                    caught += LuhnMod32.isValid(code) ? 0 : 1;
                }
            }
        }
        assertThat(caught).isEqualTo(length * 32 * 31);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 15, 32})
    void swapped_neighbours_are_caught_in_990_of_992_cases_in_every_position(int length) {
        for (int position = 0; position < length - 1; position++) {
            int swaps = 0;
            Set<String> missed = new TreeSet<>();
            for (char left : SYMBOLS) {
                for (char right : SYMBOLS) {
                    if (left != right) {
                        StringBuilder code = codeWith(length, position, left, right);
                        code.setCharAt(position, right);
                        code.setCharAt(position + 1, left);
                        swaps++;
                        if (LuhnMod32.isValid(code)) {
                            missed.add("" + left + right);
                        }
                    }
                }
            }
            assertThat(swaps).isEqualTo(992);
            assertThat(missed).containsExactly("0Z", "Z0");
        }
    }

    @Test
    void each_check_character_is_equally_frequent() {
        List<Character> characters = new ArrayList<>();
        for (char symbol : SYMBOLS) {
            characters.add(LuhnMod32.checkCharacter("M7X2Q" + symbol));
        }
        assertThat(characters).doesNotHaveDuplicates().hasSize(32);
    }

    /** A valid code with these symbols at a position; the check character may be one of them. */
    private static StringBuilder codeWith(int length, int position, char... symbols) {
        StringBuilder code = new StringBuilder("7K2ZQ0M9XW4TB1HV83RCNE5YD6SFPGJA".substring(0, length));
        for (int i = 0; i < symbols.length; i++) {
            code.setCharAt(position + i, symbols[i]);
        }
        // a symbol that is none of these evens the sum out
        int free = position == 0 ? length - 1 : 0;
        for (char symbol : SYMBOLS) {
            code.setCharAt(free, symbol);
            if (LuhnMod32.isValid(code)) {
                return code;
            }
        }
        throw new AssertionError("No symbol evens the sum out");
    }
}
