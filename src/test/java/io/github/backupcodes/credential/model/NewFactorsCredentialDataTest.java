package io.github.backupcodes.credential.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.FactorRank;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewFactorsCredentialDataTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3_600);

    @Test
    void a_factor_counts_fully_when_its_time_is_over() {
        NewFactorsCredentialData data =
                NewFactorsCredentialData.NONE.plus("app", FactorRank.WEAK, LATER, NOW, id -> true);
        assertThat(NewFactorsCredentialData.read(data.write(null)).ranks(NOW))
                .isEqualTo(Map.of("app", FactorRank.WEAK));
        assertThat(data.ranks(LATER)).isEmpty();
        assertThat(data.plus("key", FactorRank.NONE, LATER.plusSeconds(1), LATER, id -> true)
                        .factors())
                .as("the record does not grow")
                .hasSize(1);
    }

    @Test
    void of_two_records_the_lower_counts_and_an_unknown_rank_is_none() {
        NewFactorsCredentialData twice = NewFactorsCredentialData.NONE
                .plus("app", FactorRank.NONE, LATER, NOW, id -> true)
                .plus("app", FactorRank.WEAK, LATER, NOW, id -> true);
        assertThat(twice.ranks(NOW)).isEqualTo(Map.of("app", FactorRank.NONE));
        String superb = twice.write(null).replace("weak", "superb").replace("none", "superb");
        assertThat(NewFactorsCredentialData.read(superb).ranks(NOW)).isEqualTo(Map.of("app", FactorRank.NONE));
    }

    @Test
    void fields_of_a_later_version_are_kept() {
        String stored = "{\"version\":1,\"factors\":[{\"id\":\"app\",\"rank\":\"weak\",\"until\":\"" + LATER
                + "\",\"by\":\"x\"}],\"more\":1}";
        assertThat(NewFactorsCredentialData.read(stored)
                        .plus("key", FactorRank.WEAK, LATER, NOW, id -> true)
                        .write(stored))
                .contains("\"by\":\"x\"", "\"more\":1", "\"key\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"version\":1,\"factors\":[null]}",
                "{\"version\":1,\"factors\":[{\"id\":\"app\"}]}",
                "{\"version\":1,\"factors\":[{\"id\":\"app\",\"rank\":\"weak\",\"until\":\"soon\"}]}"
            })
    void what_cannot_be_read_is_no_record(String stored) {
        assertThat(NewFactorsCredentialData.read(stored).ranks(NOW)).isEmpty();
    }
}
