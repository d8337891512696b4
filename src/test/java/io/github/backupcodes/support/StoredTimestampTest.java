package io.github.backupcodes.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Others can write the attribute as well. */
class StoredTimestampTest {

    @Test
    void a_timestamp_is_read_as_it_was_written() {
        Instant now = Instant.now();
        assertThat(StoredTimestamp.parse(now.toString())).contains(now);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "never", "2026-03-01", "2026-03-01T12:00:00", "2026-13-01T12:00:00Z", "1772366400"})
    void anything_else_is_no_timestamp(String text) {
        assertThat(StoredTimestamp.parse(text)).isEmpty();
    }
}
