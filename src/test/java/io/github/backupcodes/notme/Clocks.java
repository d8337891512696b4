package io.github.backupcodes.notme;

import io.github.backupcodes.support.realm.TestUser;
import java.time.Instant;
import org.awaitility.Awaitility;

/** When a user can sign in again. */
final class Clocks {

    private Clocks() {}

    /** Waits for the second from which on sign-ins of the user count. */
    static void awaitNotBefore(TestUser user) {
        long notBefore = user.admin().representation().path("notBefore").asLong();
        Awaitility.await("the next second").until(() -> Instant.now().getEpochSecond() >= notBefore);
    }
}
