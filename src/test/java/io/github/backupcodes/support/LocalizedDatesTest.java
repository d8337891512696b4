package io.github.backupcodes.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalizedDatesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T23:07:05Z");

    @Test
    void timesAreInTheLanguageAndTheZoneToTheMinute() {
        ZoneId berlin = LocalizedDates.zone("Europe/Berlin");
        assertThat(new LocalizedDates(Locale.GERMAN, berlin).dateTime(NOW))
                .contains("25. November 2026", "00:07")
                .doesNotContain("00:07:05")
                .endsWith("(MEZ)");
        assertThat(new LocalizedDates(Locale.FRENCH, berlin).dateTime(NOW)).contains("25 novembre 2026");
        assertThat(new LocalizedDates(Locale.GERMAN, berlin).date(NOW)).isEqualTo("25. November 2026");
    }

    /** Whoever may write the attribute may write anything. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Atlantis/Capital", "+99:00", "{0}"})
    void aZoneThatIsUnknownIsThatOfTheServer(String name) {
        assertThat(LocalizedDates.zone(name)).isEqualTo(ZoneId.systemDefault());
        assertThat(new LocalizedDates(Locale.ENGLISH).dateTime(NOW)).matches(".* \\([^()]+\\)");
    }
}
