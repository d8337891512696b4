package io.github.backupcodes.sms.sender;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Environment;

class LogSmsSenderTest {

    @AfterEach
    void noProfile() {
        System.clearProperty(Environment.PROFILE);
    }

    /** The mode is asked each time. */
    @Test
    void it_is_for_development_unless_the_operator_wants_it_elsewhere() {
        System.setProperty(Environment.PROFILE, "prod");
        assertThat(LogSmsSender.isAllowed(false)).isFalse();
        assertThat(LogSmsSender.isAllowed(true)).isTrue();
        System.setProperty(Environment.PROFILE, Environment.DEV_PROFILE_VALUE);
        assertThat(LogSmsSender.isAllowed(false)).isTrue();
    }
}
