package io.github.backupcodes.policy;

import java.time.Duration;

/** How codes that are sent look, from the configuration of the required action that sets the factor up. */
public interface VerificationCodePolicy {

    /** How many digits a code has. */
    int digits();

    /** How long a code works. */
    Duration validity();
}
