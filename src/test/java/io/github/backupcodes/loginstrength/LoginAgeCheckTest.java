package io.github.backupcodes.loginstrength;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.loginstrength.LoginAgeCheck.Purpose;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginAgeCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final LoginAgeCheck FIVE_MINUTES = new LoginAgeCheck(Duration.ofMinutes(5));
    private static final LoginAgeCheck NONE = new LoginAgeCheck(Duration.ZERO);

    @Test
    void newCodesAreShownUpToTheAge() {
        assertThat(FIVE_MINUTES.allowsSession(NOW.minusSeconds(300), NOW, Purpose.SHOW))
                .isTrue();
        assertThat(FIVE_MINUTES.allowsSession(NOW.minusSeconds(301), NOW, Purpose.SHOW))
                .isFalse();
        assertThat(FIVE_MINUTES.allowsSignIn(NOW.minusSeconds(300), NOW, Purpose.SHOW))
                .isTrue();
        assertThat(FIVE_MINUTES.allowsSignIn(NOW.minusSeconds(301), NOW, Purpose.SHOW))
                .isFalse();
    }

    @Test
    void whatWasShownIsSavedForTenMinutesMore() {
        assertThat(FIVE_MINUTES.allowsSession(NOW.minusSeconds(900), NOW, Purpose.SAVE))
                .isTrue();
        assertThat(FIVE_MINUTES.allowsSession(NOW.minusSeconds(901), NOW, Purpose.SAVE))
                .isFalse();
        assertThat(FIVE_MINUTES.allowsSignIn(NOW.minusSeconds(900), NOW, Purpose.SAVE))
                .isTrue();
        assertThat(FIVE_MINUTES.allowsSignIn(NOW.minusSeconds(901), NOW, Purpose.SAVE))
                .isFalse();
    }

    @Test
    void thePageOfASignInComesEvenWhereNoAgeIsAllowed() {
        assertThat(NONE.allowsSignIn(NOW.minusSeconds(10), NOW, Purpose.SHOW)).isTrue();
        assertThat(NONE.allowsSignIn(NOW.minusSeconds(11), NOW, Purpose.SHOW)).isFalse();
        assertThat(NONE.allowsSession(NOW.minusSeconds(1), NOW, Purpose.SHOW)).isFalse();
    }
}
