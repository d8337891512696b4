package io.github.backupcodes.loginstrength;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.loginstrength.LoginAgeCheck.Purpose;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginAgeCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    /** What was shown is saved for ten minutes more, and the page of a sign-in comes even if no age is allowed. */
    @ParameterizedTest
    @CsvSource({"300, SHOW, 300, 300", "300, SAVE, 900, 900", "0, SHOW, 0, 10"})
    void aLoginIsAllowedUpToItsAge(long age, Purpose purpose, long session, long signIn) {
        LoginAgeCheck check = new LoginAgeCheck(Duration.ofSeconds(age));
        assertThat(check.allowsSession(NOW.minusSeconds(session), NOW, purpose)).isTrue();
        assertThat(check.allowsSession(NOW.minusSeconds(session + 1), NOW, purpose))
                .isFalse();
        assertThat(check.allowsSignIn(NOW.minusSeconds(signIn), NOW, purpose)).isTrue();
        assertThat(check.allowsSignIn(NOW.minusSeconds(signIn + 1), NOW, purpose))
                .isFalse();
    }
}
