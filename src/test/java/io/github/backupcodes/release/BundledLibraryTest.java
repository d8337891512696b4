package io.github.backupcodes.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.jar.JarFile;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

/** The library of phone numbers is recent when a version is released: countries open new ranges, and messages to those are refused. */
class BundledLibraryTest {

    private static final int MOST_MONTHS = 6;

    @Test
    void a_release_has_a_recent_one() throws IOException {
        LocalDate built = built();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertThat(built).isBetween(LocalDate.of(2026, 1, 1), today);
        assertThat(isRecent(version(), built, today))
                .as("libphonenumber is of %s, update libphonenumber.version in pom.xml", built)
                .isTrue();
    }

    @Test
    void a_release_with_an_old_one_fails_and_a_snapshot_does_not() {
        LocalDate built = LocalDate.of(2026, 5, 31);
        assertThat(isRecent("1.0.0", built, LocalDate.of(2026, 11, 30))).isTrue();
        assertThat(isRecent("1.0.0", built, LocalDate.of(2026, 12, 1))).isFalse();
        assertThat(isRecent("1.0.0-SNAPSHOT", built, LocalDate.of(2026, 12, 1))).isTrue();
    }

    private static boolean isRecent(String version, LocalDate built, LocalDate today) {
        return version.endsWith("-SNAPSHOT") || !built.plusMonths(MOST_MONTHS).isBefore(today);
    }

    /** By its manifest: the time in milliseconds at which its build packed it. */
    private static LocalDate built() throws IOException {
        Path library = Path.of(URI.create(PhoneNumberUtil.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        try (JarFile jar = new JarFile(library.toFile())) {
            String time = jar.getManifest().getMainAttributes().getValue("Bnd-LastModified");
            return Instant.ofEpochMilli(Long.parseLong(time))
                    .atOffset(ZoneOffset.UTC)
                    .toLocalDate();
        }
    }

    private static String version() throws IOException {
        return Jsoup.parse(Files.readString(BuildFiles.project().resolve("pom.xml")), Parser.xmlParser())
                .select("project > version")
                .text();
    }
}
