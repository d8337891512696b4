package io.github.backupcodes.race;

import io.github.backupcodes.support.server.KeycloakServer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * People who keep signing in with codes, whatever happens. Every second code is typed by two sessions at once. Who gets no
 * answer, or is told to try again, sends the same page again, and if that does not help starts again with the same code.
 */
final class SignInLoad implements AutoCloseable {

    private static final int WORKERS = 3;
    private static final int MOST_ATTEMPTS = 12;
    private static final Duration BREATH = Duration.ofMillis(100);
    private static final long LIMIT_SECONDS = 90;

    private final RaceUsers users;
    private final List<KeycloakServer> nodes;
    private final CodeLedger codeLedger;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> working = new ArrayList<>();
    private final List<Runnable> gathered = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLongArray rounds = new AtomicLongArray(WORKERS);
    private volatile boolean over;

    SignInLoad(RaceUsers users, List<KeycloakServer> nodes, CodeLedger codeLedger) {
        this.users = users;
        this.nodes = nodes;
        this.codeLedger = codeLedger;
        users.execution();
    }

    void start() {
        for (int worker = 0; worker < WORKERS; worker++) {
            int number = worker;
            working.add(threads.submit(() -> work(number)));
        }
    }

    /**
     * Sends nothing more to a node, as a load balancer does before it is stopped, and waits until what was sent is answered.
     *
     * @param node one of those handed in, in a list that can be changed
     */
    void drain(KeycloakServer node) {
        nodes.remove(node);
        long[] before = IntStream.range(0, WORKERS).mapToLong(rounds::get).toArray();
        Awaitility.await("answers of the node")
                .atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(() -> IntStream.range(0, WORKERS).allMatch(worker -> rounds.get(worker) > before[worker]));
    }

    /** Brings more sessions to the page for the code, two for every second code, and holds them back there. */
    void gather(int codes) {
        for (int number = 0; number < codes; number++) {
            CodeOutcome codeOutcome = next();
            for (int session = 0; session <= number % 2; session++) {
                RaceClient client = new RaceClient();
                if (!bring(codeOutcome, client)) {
                    throw new IllegalStateException("no page for the code");
                }
                HttpRequest request = client.prepare(codeOutcome.code(), node());
                gathered.add(() -> settle(codeOutcome, client, request, send(codeOutcome, client, request)));
            }
        }
    }

    /** They send their codes, all at once. */
    void release() {
        gathered.forEach(session -> working.add(threads.submit(session)));
        gathered.clear();
    }

    /** Lets everybody come to an end. */
    void stop() {
        over = true;
        working.forEach(SignInLoad::await);
    }

    private void work(int worker) {
        RaceClient one = new RaceClient();
        RaceClient two = new RaceClient();
        while (!over) {
            rounds.incrementAndGet(worker);
            CodeOutcome codeOutcome = next();
            if (turn.getAndIncrement() % 2 == 0) {
                alone(codeOutcome, one);
            } else {
                together(codeOutcome, one, two);
            }
        }
    }

    private CodeOutcome next() {
        CodeOutcome codeOutcome = codeLedger.next();
        if (codeOutcome == null) {
            throw new IllegalStateException("more codes are needed");
        }
        return codeOutcome;
    }

    private void alone(CodeOutcome codeOutcome, RaceClient client) {
        if (bring(codeOutcome, client)) {
            HttpRequest request = client.prepare(codeOutcome.code(), node());
            settle(codeOutcome, client, request, send(codeOutcome, client, request));
        }
    }

    private void together(CodeOutcome codeOutcome, RaceClient one, RaceClient two) {
        if (!bring(codeOutcome, one) || !bring(codeOutcome, two)) {
            return;
        }
        HttpRequest first = one.prepare(codeOutcome.code(), node());
        HttpRequest second = two.prepare(codeOutcome.code(), node());
        Future<?> beside = threads.submit(() -> settle(codeOutcome, two, second, send(codeOutcome, two, second)));
        settle(codeOutcome, one, first, send(codeOutcome, one, first));
        await(beside);
    }

    /** Tries again until there is an answer; when the load is over, not for ever. */
    private void settle(CodeOutcome codeOutcome, RaceClient client, HttpRequest request, RequestOutcome first) {
        RequestOutcome outcome = first;
        for (int attempt = 1; isUnsettled(outcome); attempt++) {
            if (over && attempt >= MOST_ATTEMPTS) {
                return;
            }
            LockSupport.parkNanos(BREATH.toNanos());
            if (attempt == 1 && outcome.kind() == RequestOutcome.Kind.ERROR) {
                outcome = send(codeOutcome, client, request);
            } else if (bring(codeOutcome, client)) {
                outcome = send(codeOutcome, client, client.prepare(codeOutcome.code(), node()));
            } else {
                return;
            }
        }
    }

    private static boolean isUnsettled(RequestOutcome outcome) {
        return outcome.kind() == RequestOutcome.Kind.ERROR || outcome.refusedWith(RefusalMessage.BUSY);
    }

    private RequestOutcome send(CodeOutcome codeOutcome, RaceClient client, HttpRequest request) {
        RequestOutcome outcome = client.run(request);
        codeLedger.add(codeOutcome, outcome);
        if (outcome.granted()) {
            long began = System.nanoTime();
            if (!client.getsTokens()) {
                codeLedger.error("no tokens", began);
            }
            client.leave();
        }
        return outcome;
    }

    /** To the page for the code, at whichever node takes the sign-in. */
    private boolean bring(CodeOutcome codeOutcome, RaceClient client) {
        for (int attempt = 1; !over || attempt < MOST_ATTEMPTS; attempt++) {
            long began = System.nanoTime();
            try {
                client.at(users.codePage(client.http(), node(), codeOutcome.member()));
                if (client.isAtCodePage()) {
                    return true;
                }
                codeLedger.error(client.client().page().toString(), began);
            } catch (RuntimeException e) {
                codeLedger.error(String.valueOf(e.getMessage()), began);
            }
            LockSupport.parkNanos(BREATH.toNanos());
        }
        return false;
    }

    private KeycloakServer node() {
        List<KeycloakServer> live = List.copyOf(nodes);
        return live.get(Math.floorMod(turn.getAndIncrement(), live.size()));
    }

    private static void await(Future<?> work) {
        try {
            work.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the load did not end", e);
        }
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
