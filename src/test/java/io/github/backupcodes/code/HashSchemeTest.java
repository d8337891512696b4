package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashSchemeTest {

    @ParameterizedTest
    @CsvSource({"BASE32, 15, 50", "BASE32, 14, 2", "BASE32, 14, 1", "BASE32, 32, 50"})
    void sets_of_64_bits_or_more_get_one_pass(Alphabet alphabet, int length, int count) {
        assertThat(HashScheme.forSet(new CodeFormat(alphabet, length), count)).isEqualTo(Argon2id.STRONG_CODES);
    }

    @ParameterizedTest
    @CsvSource({"BASE32, 14, 3", "BASE32, 13, 1", "BASE32, 10, 1", "DIGITS, 6, 1", "DIGITS, 16, 1"})
    void weaker_ones_get_five_passes(Alphabet alphabet, int length, int count) {
        assertThat(HashScheme.forSet(new CodeFormat(alphabet, length), count)).isEqualTo(Argon2id.WEAK_CODES);
    }

    /** What OWASP's Password Storage Cheat Sheet proposes is taken; what takes the server's time, or costs a thief little, is not. */
    @Test
    void a_stored_hash_costs_about_what_ours_costs() {
        double weak = CodeFormat.SHORT.bits();
        double strong = CodeFormat.DEFAULT.bits();
        for (Argon2id proposed : List.of(
                new Argon2id(47_104, 1, 1),
                new Argon2id(19_456, 2, 1),
                new Argon2id(12_288, 3, 1),
                new Argon2id(9_216, 4, 1),
                new Argon2id(7_168, 5, 1))) {
            assertThat(proposed.suits(weak)).as("%s", proposed).isTrue();
            assertThat(proposed.suits(strong)).as("%s", proposed).isTrue();
        }
        assertThat(Argon2id.STRONG_CODES.suits(strong)).isTrue();
        assertThat(Argon2id.STRONG_CODES.suits(weak)).isFalse();
        assertThat(new Argon2id(7_167, 1, 1).suits(strong)).isFalse();
        assertThat(new Argon2id(7_168, 4, 1).suits(weak)).isFalse();
        assertThat(new Argon2id(1_024, 70, 1).suits(weak))
                .as("the memory counts")
                .isFalse();
        assertThat(Pbkdf2.DEFAULT.suits(weak)).isTrue();
        assertThat(new Pbkdf2(209_999).suits(strong)).isFalse();
        assertThat(new Argon2id(8, 1, 1).suits(HashScheme.FAST_BITS)).isTrue();
        assertThat(new Pbkdf2(1).suits(HashScheme.FAST_BITS)).isTrue();
        assertThat(KeyedHash.inFrontOf(new Pbkdf2(1), "k1").suits(strong)).isFalse();
        assertThat(KeyedHash.inFrontOf(Pbkdf2.DEFAULT, "k1").suits(weak)).isTrue();
    }

    /** As in FIPS mode: the domain's classes, loaded where Bouncy Castle is not. */
    @Test
    void without_bouncy_castle_codes_are_hashed_with_pbkdf2() throws Exception {
        URL domain = HashScheme.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader server = new URLClassLoader(new URL[] {domain}, ClassLoader.getPlatformClassLoader())) {
            Class<?> format = server.loadClass(CodeFormat.class.getName());
            Object scheme = server.loadClass(HashScheme.class.getName())
                    .getMethod("forSet", format, int.class)
                    .invoke(null, format.getField("DEFAULT").get(null), 10);

            assertThat(scheme).hasToString(Pbkdf2.DEFAULT.toString());
            assertThat(scheme.getClass().getClassLoader()).isSameAs(server);
        }
    }
}
