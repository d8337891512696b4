package io.github.backupcodes.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MailQueueTest {

    private final List<Runnable> waiting = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final Counts counts = new Counts();
    private final MailQueue queue = new MailQueue(counts, 2);

    @Test
    void soManyWaitAndTheOthersAreDroppedAndCounted() {
        add("first", waiting::add);
        add("second", waiting::add);
        add("third", waiting::add);
        assertThat(waiting).hasSize(2);
        assertThat(counts.outcomes).containsExactly("realm codes_made DROPPED");

        waiting.forEach(Runnable::run);
        waiting.clear();
        add("fourth", waiting::add);
        waiting.forEach(Runnable::run);
        assertThat(sent).containsExactly("first", "second", "fourth");
    }

    @Test
    void oneThatFailsLeavesItsPlace() {
        for (int i = 0; i < 5; i++) {
            queue.add(
                    () -> {
                        throw new IllegalStateException("failed");
                    },
                    letter(),
                    waiting::add);
            assertThat(waiting).hasSize(1);
            try {
                waiting.remove(0).run();
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessage("failed");
            }
        }
    }

    @Test
    void aServerThatStopsTakesNoMoreAndSaysSoInTheCounts() {
        for (int i = 0; i < 3; i++) {
            add("late", task -> {
                throw new RejectedExecutionException();
            });
        }
        assertThat(counts.outcomes).hasSize(3);
        add("first", waiting::add);
        add("second", waiting::add);
        assertThat(waiting).as("no place is lost").hasSize(2);
    }

    private void add(String name, Executor pool) {
        queue.add(() -> sent.add(name), letter(), pool);
    }

    private static MailJob letter() {
        return new MailJob(
                "id",
                "realm",
                "user",
                new Notification.CodesMade(Set.of(), false),
                new NotificationContext(Instant.EPOCH, null, null, null, null));
    }

    private static final class Counts implements BackupCodesMetrics {

        private final List<String> outcomes = new ArrayList<>();

        @Override
        public void setMade(String realm) {}

        @Override
        public void accepted(String realm) {}

        @Override
        public void refused(String realm, String reason) {}

        @Override
        public void paused(String realm) {}

        @Override
        public void mail(String realm, String kind, Outcome outcome) {
            outcomes.add(realm + " " + kind + " " + outcome);
        }

        @Override
        public <T> T timed(Work work, Supplier<T> hashing) {
            return hashing.get();
        }
    }
}
