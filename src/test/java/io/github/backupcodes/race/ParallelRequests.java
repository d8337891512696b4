package io.github.backupcodes.race;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Lets several go at once: a thread for each, all held back until the last one is ready. */
final class ParallelRequests implements AutoCloseable {

    private static final long LIMIT_SECONDS = 90;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** The outcomes, in the order of the runners. */
    List<RequestOutcome> run(List<Callable<RequestOutcome>> runners) {
        CyclicBarrier start = new CyclicBarrier(runners.size());
        List<Future<RequestOutcome>> running = new ArrayList<>();
        for (Callable<RequestOutcome> runner : runners) {
            running.add(threads.submit(() -> {
                await(start);
                return runner.call();
            }));
        }
        List<RequestOutcome> outcomes = new ArrayList<>();
        for (Future<RequestOutcome> future : running) {
            outcomes.add(get(future));
        }
        return outcomes;
    }

    /** Something that goes on beside a race. */
    <T> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    private static void await(CyclicBarrier start) throws InterruptedException {
        try {
            start.await();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RequestOutcome get(Future<RequestOutcome> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("a runner did not arrive", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
