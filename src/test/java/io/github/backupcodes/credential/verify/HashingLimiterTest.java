package io.github.backupcodes.credential.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flood must take neither the memory nor the threads of a server. */
class HashingLimiterTest {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 3;
    private static final int TOO_MANY = 4;

    private final HashingLimiter.Slots slots = new HashingLimiter.Slots(
            AT_ONCE, WAITING, BackupCodesMetrics.Work.ATTEMPT, BackupCodesMetrics.ofThisServer());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hashed = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();

    @AfterEach
    void end() {
        hashed.countDown();
        threads.shutdownNow();
    }

    @Test
    void whoComesWhenEnoughWaitIsSentAwayAtOnceAndTheOthersGetTheirTurn() throws Exception {
        List<Future<Optional<String>>> all = new ArrayList<>();
        for (int number = 0; number < AT_ONCE + WAITING + TOO_MANY; number++) {
            FairSemaphore.Claimant claimant = user(number);
            all.add(threads.submit(() -> slots.run(claimant, this::hash)));
        }
        Awaitility.await("sent away while nobody was served")
                .until(() -> all.stream().filter(Future::isDone).count() == TOO_MANY);
        assertThat(running).hasValue(AT_ONCE);

        hashed.countDown();
        List<String> served = new ArrayList<>();
        for (Future<Optional<String>> each : all) {
            each.get().ifPresent(served::add);
        }
        assertThat(served).hasSize(AT_ONCE + WAITING);
        assertThat(slots.run(user(0), () -> "afterwards")).contains("afterwards");
    }

    @Test
    void aPlaceIsFreeAgainAfterAFailure() {
        for (int number = 0; number < 2 * (AT_ONCE + WAITING); number++) {
            assertThatThrownBy(() -> slots.run(user(0), () -> {
                        throw new IllegalStateException("no key");
                    }))
                    .hasMessage("no key");
        }
        assertThat(slots.run(user(0), () -> "afterwards")).contains("afterwards");
    }

    private static FairSemaphore.Claimant user(int number) {
        return new FairSemaphore.Claimant("realm", "user " + number);
    }

    private String hash() {
        running.incrementAndGet();
        try {
            hashed.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        running.decrementAndGet();
        return "hash";
    }
}
