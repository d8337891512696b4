package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** People who have come to the form for codes, each as a user of their own, and type wrong ones. */
final class WrongCodeLoad implements AutoCloseable {

    /**
     * At a hundred wrong codes in a row a set is turned off, and nothing is hashed any more; some are for those at once. Codes that
     * the server had no time for do not count.
     */
    private static final int MOST_EACH = 60;

    private static final String BUSY = Messages.of("backupCodeErrorBusy");

    private final List<LoginClient> sessions;
    private final SignIns.CodeForm form;
    private final Supplier<String> wrong;
    private final ExecutorService threads;
    private final AtomicBoolean enough = new AtomicBoolean();

    private WrongCodeLoad(List<LoginClient> sessions, SignIns.CodeForm form, Supplier<String> wrong) {
        this.sessions = sessions;
        this.form = form;
        this.wrong = wrong;
        this.threads = Executors.newFixedThreadPool(sessions.size());
    }

    /** Signs them in, up to the form. */
    static WrongCodeLoad of(int count, CodeSides.Code code, Supplier<String> wrong) {
        List<LoginClient> sessions = Stream.generate(
                        () -> code.signIns().atForm(code.users().next(), code.form()))
                .limit(count)
                .toList();
        return new WrongCodeLoad(sessions, code.form(), wrong);
    }

    /** Each types one, all at once. */
    List<Future<?>> once() {
        return start(this::guess);
    }

    /** Each types one after the other, until {@link #stop}. */
    List<Future<?>> goOn() {
        enough.set(false);
        return start(session -> {
            int counted = 0;
            while (counted < MOST_EACH && !enough.get()) {
                if (guess(session)) {
                    counted++;
                }
            }
        });
    }

    private List<Future<?>> start(Consumer<LoginClient> guessing) {
        List<Future<?>> started = new ArrayList<>();
        for (LoginClient session : sessions) {
            started.add(threads.submit(() -> guessing.accept(session)));
        }
        return started;
    }

    /** Whether the server had time to look at it. */
    private boolean guess(LoginClient session) {
        form.enter(session, wrong.get());
        String error = session.page().error();
        if (session.page().status() / 100 != 2 || error.isEmpty()) {
            throw new IllegalStateException("not refused: " + session.page());
        }
        return !error.equals(BUSY);
    }

    /** Those who go on end with the code that they are at. */
    void stop() {
        enough.set(true);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
