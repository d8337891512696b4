package io.github.backupcodes.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SendingQueueTest {

    private final List<String> sent = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<Runnable> threads = new ArrayList<>();
    private final SendingQueue queue = new SendingQueue(1, 1, 3);

    @Test
    void a_message_is_sent_by_a_thread_of_the_pool() {
        add("realm", "alice", "first");

        assertThat(queue.waiting()).isEqualTo(1);
        runThreads();

        assertThat(sent).containsExactly("first");
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void a_full_queue_drops_the_older_message_to_the_same_recipient() {
        add("realm", "alice", "first");
        add("realm", "bob", "second");
        add("realm", "carol", "third");
        add("realm", "bob", "fourth");
        runThreads();
        assertThat(sent).containsExactly("first", "third", "fourth");
        assertThat(dropped).containsExactly("second: too many messages are waiting");
    }

    @Test
    void many_messages_of_one_share_neither_drop_nor_delay_those_of_another() {
        add("flooded", "a", "flood 1");
        add("flooded", "b", "flood 2");
        add("flooded", "c", "flood 3");
        add("quiet", "alice", "sign-in");
        runThreads();
        assertThat(sent).containsExactly("flood 2", "sign-in", "flood 3");
        assertThat(dropped).containsExactly("flood 1: too many messages are waiting");
    }

    @Test
    void no_more_threads_than_allowed_send_at_the_same_time() {
        List<Runnable> others = new ArrayList<>();
        queue.add(
                new Task("realm", "alice", "outer", () -> {
                    // another thread of the pool begins while this message is being sent
                    others.forEach(Runnable::run);
                    assertThat(sent)
                            .as("the other thread has found nothing to do")
                            .isEmpty();
                }),
                threads::add);
        queue.add(new Task("realm", "bob", "second", () -> {}), others::add);

        runThreads();

        assertThat(sent).containsExactly("outer", "second");
    }

    @Test
    void a_share_whose_messages_hang_leaves_threads_to_the_others() {
        SendingQueue two = new SendingQueue(2, 1, 10);
        List<Runnable> others = new ArrayList<>();
        // while the first hangs, another thread of the pool begins
        two.add(new Task("hanging", "a", "hanging 1", () -> others.forEach(Runnable::run)), threads::add);
        two.add(new Task("hanging", "b", "hanging 2", () -> {}), others::add);
        two.add(new Task("quiet", "alice", "sign-in", () -> {}), others::add);

        runThreads();

        assertThat(sent).containsExactly("sign-in", "hanging 1", "hanging 2");
    }

    @Test
    void a_message_that_fails_does_not_stop_the_next() {
        queue.add(
                new Task("realm", "alice", "failing", () -> {
                    throw new IllegalStateException("failed");
                }),
                threads::add);
        add("realm", "bob", "second");

        runThreads();

        assertThat(sent).containsExactly("second");
    }

    @Test
    void a_thread_that_dies_leaves_its_place_to_another() {
        queue.add(
                new Task("realm", "alice", "dying", () -> {
                    throw new AssertionError("died");
                }),
                threads::add);
        try {
            runThreads();
        } catch (AssertionError expected) {
            assertThat(expected).hasMessage("died");
        }
        add("realm", "bob", "second");
        runThreads();

        assertThat(sent).containsExactly("second");
    }

    @Test
    void a_server_that_is_stopping_takes_no_message() {
        Executor stopping = task -> {
            throw new RejectedExecutionException();
        };
        queue.add(new Task("realm", "alice", "late", () -> {}), stopping);

        assertThat(dropped).containsExactly("late: the server is stopping");
        assertThat(queue.waiting()).isZero();
    }

    private void add(String share, String recipient, String name) {
        queue.add(new Task(share, recipient, name, () -> {}), threads::add);
    }

    private void runThreads() {
        List<Runnable> begun = List.copyOf(threads);
        threads.clear();
        begun.forEach(Runnable::run);
    }

    private final class Task implements SendingQueue.Task {

        private final String share;
        private final String recipient;
        private final String name;
        private final Runnable sending;

        Task(String share, String recipient, String name, Runnable sending) {
            this.share = share;
            this.recipient = recipient;
            this.name = name;
            this.sending = sending;
        }

        @Override
        public String share() {
            return share;
        }

        @Override
        public String recipient() {
            return recipient;
        }

        @Override
        public void run() {
            sending.run();
            sent.add(name);
        }

        @Override
        public void dropped(String reason) {
            dropped.add(name + ": " + reason);
        }
    }
}
