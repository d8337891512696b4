package io.github.backupcodes.sms.number;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.github.backupcodes.support.ProcessRunner;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server whose realms send no text messages loads nothing of libphonenumber; a JVM of its own shows what it loads. */
class LibraryLoadingTest {

    private static final String LIBRARY = "com.google.i18n.phonenumbers.";

    @Test
    void nothing_of_the_library_is_loaded_before_the_first_number_is_read() {
        assertThat(loaded("list")).contains(PhoneNumberRules.class.getName()).doesNotContain(LIBRARY);
    }

    @Test
    void the_library_is_loaded_when_a_number_is_read() {
        assertThat(loaded("list", "+4915123456789")).contains(LIBRARY);
    }

    private static String loaded(String... arguments) {
        String classPath = Stream.of(LibraryLoadingTest.class, PhoneNumberRules.class, PhoneNumberUtil.class)
                .map(LibraryLoadingTest::place)
                .collect(Collectors.joining(File.pathSeparator));
        return ProcessRunner.run(
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xlog:class+load",
                                        "-cp",
                                        classPath,
                                        Program.class.getName()),
                                Stream.of(arguments))
                        .toList(),
                Map.of(),
                "");
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    /** What a realm does before a number is entered; with a second argument, reads that number. */
    static final class Program {

        private Program() {}

        /** Runs it. */
        public static void main(String[] arguments) {
            PhoneNumberRules rules = new PhoneNumberRules(Set.of("DE", "US"), false);
            CountryList list = new CountryList(rules.countries());
            if (list.in(Locale.ENGLISH).size() != 2
                    || list.preset(List.of(Locale.US)).isEmpty()) {
                throw new IllegalStateException("no list");
            }
            PhoneNumberResult refused = rules.parse("DE", "no number");
            PhoneNumber stored = new PhoneNumber("+4915123456789", "DE", 49);
            if (refused != PhoneNumberResult.Refused.INVALID
                    || new StoredPhoneNumber(stored.e164()).masked().isEmpty()) {
                throw new IllegalStateException("no refusal");
            }
            for (int i = 1; i < arguments.length; i++) {
                rules.parse("DE", arguments[i]);
            }
        }
    }
}
