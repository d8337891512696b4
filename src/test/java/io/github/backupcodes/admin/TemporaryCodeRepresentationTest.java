package io.github.backupcodes.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.HashScheme;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Plain codes on their way to the one answer that shows them. */
class TemporaryCodeRepresentationTest {

    @Test
    void neitherTheAnswerNorWhatItIsMadeOfPrintsTheCode() {
        NewTemporaryCode drawn = NewTemporaryCode.draw(
                CodeFormat.DEFAULT, HashScheme.forSet(CodeFormat.DEFAULT, 1), Duration.ofHours(1), new SecureRandom());
        TemporaryCodeRepresentation answer = new TemporaryCodeRepresentation(
                drawn.code().grouped(), drawn.expiresAt().toString());

        assertThat(answer).hasToString("TemporaryCodeRepresentation[redacted]");
        assertThat(drawn.toString()).doesNotContain(drawn.code().symbols());
        assertThat(drawn.hash(HashKeySource.NONE).toString())
                .doesNotContain(drawn.code().symbols());
    }

    @Test
    void itIsOneCodeWithAnEndToItsLife() {
        NewTemporaryCode drawn = NewTemporaryCode.draw(
                CodeFormat.SHORT, HashScheme.forSet(CodeFormat.SHORT, 1), Duration.ofMinutes(5), new SecureRandom());

        assertThat(drawn.hash(HashKeySource.NONE).total()).isEqualTo(1);
        assertThat(drawn.hash(HashKeySource.NONE)
                        .has(drawn.hash(HashKeySource.NONE).hash(drawn.code(), HashKeySource.NONE)))
                .isTrue();
        assertThat(drawn.hash(HashKeySource.NONE).isExpired(drawn.made().plusSeconds(299)))
                .isFalse();
        assertThat(drawn.hash(HashKeySource.NONE).isExpired(drawn.made().plusSeconds(300)))
                .isTrue();
    }
}
