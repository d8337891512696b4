package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashSchemeTest {

    @ParameterizedTest
    @CsvSource({"BASE32, 15", "BASE32, 14", "BASE32, 32"})
    void codes_of_64_bits_or_more_get_one_pass(Alphabet alphabet, int length) {
        assertThat(HashScheme.forFormat(new CodeFormat(alphabet, length))).isEqualTo(Argon2id.STRONG_CODES);
    }

    @ParameterizedTest
    @CsvSource({"BASE32, 13", "BASE32, 10", "DIGITS, 6", "DIGITS, 16"})
    void shorter_codes_get_five_passes(Alphabet alphabet, int length) {
        assertThat(HashScheme.forFormat(new CodeFormat(alphabet, length))).isEqualTo(Argon2id.WEAK_CODES);
    }

    /** As in FIPS mode: the domain's classes, loaded where Bouncy Castle is not. */
    @Test
    void without_bouncy_castle_codes_are_hashed_with_pbkdf2() throws Exception {
        URL domain = HashScheme.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader server = new URLClassLoader(new URL[] {domain}, ClassLoader.getPlatformClassLoader())) {
            Class<?> format = server.loadClass(CodeFormat.class.getName());
            Object scheme = server.loadClass(HashScheme.class.getName())
                    .getMethod("forFormat", format)
                    .invoke(null, format.getField("DEFAULT").get(null));

            assertThat(scheme).hasToString(Pbkdf2.DEFAULT.toString());
            assertThat(scheme.getClass().getClassLoader()).isSameAs(server);
        }
    }
}
