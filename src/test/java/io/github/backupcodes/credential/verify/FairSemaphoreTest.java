package io.github.backupcodes.credential.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.backupcodes.credential.verify.FairSemaphore.Claimant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flood for one user, or in one realm, takes no place from others; and whatever happens, no permit is lost. */
class FairSemaphoreTest {

    private static final int WAITING = 6;
    private static final int OF_USER = 3;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final FairSemaphore semaphore = new FairSemaphore(1, WAITING, OF_USER);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asking> asked = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> served = new ConcurrentLinkedQueue<>();
    private final Map<String, Runnable> whileHeld = new ConcurrentHashMap<>();

    /** A user who waits in a thread of its own. */
    private record Asking(Thread thread, Future<Boolean> granted) {

        boolean waits() {
            return thread.getState() == Thread.State.TIMED_WAITING;
        }
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void a_user_holds_one_permit_at_most_while_others_have_theirs() throws Exception {
        FairSemaphore two = new FairSemaphore(2, WAITING, OF_USER);
        Claimant alice = new Claimant("a", "alice");
        assertThat(two.tryAcquire(alice, Duration.ZERO)).isTrue();
        assertThat(two.tryAcquire(alice, Duration.ZERO)).isFalse();
        assertThat(two.tryAcquire(new Claimant("b", "alice"), Duration.ZERO))
                .as("another realm, another user")
                .isTrue();
        two.release(alice);
        assertThat(two.tryAcquire(alice, Duration.ZERO)).isTrue();
    }

    @Test
    void within_a_realm_it_goes_by_arrival_and_realms_take_turns() throws Exception {
        assertThat(semaphore.tryAcquire(new Claimant("a", "first"), LONG)).isTrue();
        for (String who : List.of("a 1", "a 2", "a 3", "b 1", "b 2", "c 1")) {
            ask(who);
        }
        semaphore.release(new Claimant("a", "first"));
        everybodyIsServed();

        assertThat(served).containsExactly("a 1", "b 1", "c 1", "a 2", "b 2", "a 3");
    }

    /** One at a time, and yet always there: it must not have all the turns. */
    @Test
    void a_realm_that_comes_again_and_again_leaves_turns_to_those_who_wait() throws Exception {
        assertThat(semaphore.tryAcquire(new Claimant("a", "first"), LONG)).isTrue();
        for (String who : List.of("a 1", "a 2", "a 3", "b 1")) {
            ask(who);
        }
        whileHeld.put("b 1", () -> ask("b 2"));
        semaphore.release(new Claimant("a", "first"));
        Awaitility.await().until(() -> served.size() == 5);
        assertThat(served).containsExactly("a 1", "b 1", "a 2", "b 2", "a 3");
    }

    @Test
    void one_user_takes_a_part_of_the_places_and_the_rest_is_for_others() throws Exception {
        assertThat(semaphore.tryAcquire(new Claimant("a", "1"), LONG)).isTrue();
        for (int i = 0; i < OF_USER; i++) {
            ask("a 1");
        }
        assertThat(semaphore.tryAcquire(new Claimant("a", "1"), LONG))
                .as("sent away at once")
                .isFalse();
        ask("a 2");
        ask("a 3");
        semaphore.release(new Claimant("a", "1"));
        everybodyIsServed();
        assertThat(served).hasSize(OF_USER + 2);
    }

    @Test
    void where_all_places_are_taken_the_realm_with_most_gives_up_the_last_of_the_user_with_most() throws Exception {
        assertThat(semaphore.tryAcquire(new Claimant("a", "first"), LONG)).isTrue();
        List<Asking> all = new ArrayList<>();
        for (String who : List.of("a 1", "a 2", "a 1", "a 1", "a 3", "a 4")) {
            all.add(ask(who));
        }
        Asking other = ask("b 1");
        assertThat(all.get(3).granted().get()).as("sent away").isFalse();
        assertThat(semaphore.tryAcquire(new Claimant("a", "5"), Duration.ZERO))
                .as("its realm has most, but the user with most has no more than two")
                .isFalse();
        Asking second = ask("b 2");
        assertThat(all.get(2).granted().get()).as("sent away").isFalse();
        Asking third = ask("c 1");
        assertThat(all.get(5).granted().get()).as("sent away").isFalse();
        assertThat(semaphore.tryAcquire(new Claimant("b", "3"), Duration.ZERO))
                .as("its realm has nearly as many as the one with most")
                .isFalse();

        semaphore.release(new Claimant("a", "first"));
        everybodyIsServed();
        assertThat(List.of(other, second, third))
                .allSatisfy(asking -> assertThat(asking.granted().get()).isTrue());
        assertThat(served).containsExactlyInAnyOrder("a 1", "a 2", "a 3", "b 1", "b 2", "c 1");
    }

    @Test
    void within_a_realm_a_user_with_several_gives_up_one_for_a_user_with_none() throws Exception {
        assertThat(semaphore.tryAcquire(new Claimant("a", "first"), LONG)).isTrue();
        List<Asking> all = new ArrayList<>();
        for (String who : List.of("a 1", "a 1", "a 1", "a 2", "a 2", "a 2")) {
            all.add(ask(who));
        }
        ask("a 3");
        assertThat(all.get(5).granted().get()).isFalse();
        semaphore.release(new Claimant("a", "first"));
        everybodyIsServed();
        assertThat(served).contains("a 3").hasSize(WAITING);
    }

    @Test
    void whose_time_is_over_leaves_the_place_to_others_and_an_interrupt_ends_the_wait() throws Exception {
        Claimant holder = new Claimant("a", "first");
        assertThat(semaphore.tryAcquire(holder, LONG)).isTrue();
        for (int i = 0; i < 3 * WAITING; i++) {
            assertThat(semaphore.tryAcquire(new Claimant("a", "1"), Duration.ofMillis(1)))
                    .isFalse();
        }
        Asking interrupted = ask("a 2");
        interrupted.thread().interrupt();
        assertThat(interrupted.granted().get()).isFalse();
        semaphore.release(holder);
        assertThat(semaphore.tryAcquire(new Claimant("a", "2"), Duration.ZERO)).isTrue();
    }

    @Test
    void what_was_not_taken_cannot_be_released() {
        assertThatThrownBy(() -> semaphore.release(new Claimant("a", "1"))).isInstanceOf(IllegalStateException.class);
    }

    /** Waits that end, are ended and are granted at the same moment, from many threads: the permits are all there afterwards. */
    @Test
    void no_permit_is_lost_or_given_twice_whatever_happens_at_once() throws Exception {
        int permits = 3;
        FairSemaphore raced = new FairSemaphore(permits, WAITING, OF_USER);
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger twice = new AtomicInteger();
        Set<Claimant> holders = ConcurrentHashMap.newKeySet();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> racing = new ArrayList<>();
        for (int number = 0; number < 24; number++) {
            Random random = new Random(number);
            racing.add(threads.submit(() -> {
                awaitQuietly(start);
                for (int turn = 0; turn < 2_000; turn++) {
                    Claimant claimant = new Claimant("realm " + random.nextInt(3), "user " + random.nextInt(4));
                    if (raced.tryAcquire(claimant, Duration.ofNanos(random.nextInt(200_000)))) {
                        most.accumulateAndGet(held.incrementAndGet(), Math::max);
                        twice.addAndGet(holders.add(claimant) ? 0 : 1);
                        granted.incrementAndGet();
                        Thread.onSpinWait();
                        holders.remove(claimant);
                        held.decrementAndGet();
                        raced.release(claimant);
                    }
                    if (random.nextInt(20) == 0) {
                        Thread.currentThread().interrupt();
                    } else if (random.nextInt(3) == 0) {
                        Thread.interrupted();
                    }
                }
            }));
        }
        start.countDown();
        for (Future<?> each : racing) {
            each.get(2, TimeUnit.MINUTES);
        }

        assertThat(twice).hasValue(0);
        assertThat(most.get()).isBetween(2, permits);
        assertThat(granted.get()).isGreaterThan(1_000);
        for (int number = 0; number < permits; number++) {
            assertThat(raced.tryAcquire(new Claimant("after", "user " + number), Duration.ZERO))
                    .as("permit %d is there", number)
                    .isTrue();
        }
        assertThat(raced.tryAcquire(new Claimant("after", "one more"), Duration.ZERO))
                .isFalse();
    }

    /** Comes back once it waits, or has its answer. */
    private Asking ask(String who) {
        String[] words = who.split(" ", 2);
        Claimant claimant = new Claimant(words[0], words[1]);
        List<Thread> thread = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        Future<Boolean> granted = threads.submit(() -> {
            thread.add(Thread.currentThread());
            begun.countDown();
            boolean mine = semaphore.tryAcquire(claimant, LONG);
            if (mine) {
                served.add(who);
                whileHeld.getOrDefault(who, () -> {}).run();
                semaphore.release(claimant);
            }
            return mine;
        });
        awaitQuietly(begun);
        Asking asking = new Asking(thread.get(0), granted);
        Awaitility.await(who).until(() -> asking.waits() || granted.isDone());
        asked.add(asking);
        return asking;
    }

    private void everybodyIsServed() throws Exception {
        for (Asking asking : asked) {
            asking.granted().get(10, TimeUnit.SECONDS);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
