package io.github.backupcodes.support;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;

/** Keycloak's thread pools, with as many threads as a {@link SendingQueue} shares among realms. */
public final class SendingThreadPool {

    private SendingThreadPool() {}

    /**
     * The pool of a name. Keycloak's pools have a queue without end, and so never more threads than their minimum, four by default ({@code
     * DefaultExecutorsProviderFactory}): one mail server or gateway that hangs would take them all. The maximum that an operator has set
     * is kept.
     *
     * @param name       of the pool
     * @param maxThreads how many messages are sent at the same time, at most
     */
    public static Executor of(KeycloakSession session, String name, int maxThreads) {
        Executor pool = session.getProvider(ExecutorsProvider.class).getExecutor(name);
        if (pool instanceof ThreadPoolExecutor threads) {
            widen(threads, maxThreads);
        }
        return pool;
    }

    private static void widen(ThreadPoolExecutor pool, int maxThreads) {
        int wanted = Math.min(maxThreads, pool.getMaximumPoolSize());
        if (pool.getCorePoolSize() < wanted) {
            pool.setCorePoolSize(wanted);
            pool.allowCoreThreadTimeOut(true);
        }
    }
}
