package io.github.backupcodes.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.credential.GeneratedCodes;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Plain codes on their way to the one answer that shows them. */
class TemporaryCodeRepresentationTest {

    @Test
    void neitherTheAnswerNorWhatItIsMadeOfPrintsTheCode() {
        GeneratedCodes drawn = GeneratedCodes.temporary(
                CodeFormat.DEFAULT, HashScheme.forSet(CodeFormat.DEFAULT, 1), Duration.ofHours(1), new SecureRandom());
        TemporaryCodeRepresentation answer =
                new TemporaryCodeRepresentation(drawn.codes().get(0).grouped(), String.valueOf(drawn.expiresAt()));

        assertThat(answer).hasToString("TemporaryCodeRepresentation[redacted]");
        assertThat(drawn.toString()).doesNotContain(drawn.codes().get(0).symbols());
        assertThat(drawn.hash(HashKeySource.NONE).toString())
                .doesNotContain(drawn.codes().get(0).symbols());
    }

    @Test
    void itIsOneCodeWithAnEndToItsLife() {
        GeneratedCodes drawn = GeneratedCodes.temporary(
                CodeFormat.SHORT, HashScheme.forSet(CodeFormat.SHORT, 1), Duration.ofMinutes(5), new SecureRandom());

        assertThat(drawn.hash(HashKeySource.NONE).total()).isEqualTo(1);
        assertThat(drawn.hash(HashKeySource.NONE)
                        .has(drawn.hash(HashKeySource.NONE).hash(drawn.codes().get(0), HashKeySource.NONE)))
                .isTrue();
        assertThat(drawn.hash(HashKeySource.NONE).isExpired(drawn.createdAt().plusSeconds(299)))
                .isFalse();
        assertThat(drawn.hash(HashKeySource.NONE).isExpired(drawn.createdAt().plusSeconds(300)))
                .isTrue();
    }
}
