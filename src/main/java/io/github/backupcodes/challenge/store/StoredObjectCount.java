package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.metrics.BackupCodesMetrics;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.TimerProvider;

/**
 * Counts from time to time, for the metrics, how many entries of this extension the database has among Keycloak's single-use objects.
 * With Infinispan nothing is counted: it has metrics of its own.
 */
public final class StoredObjectCount {

    private static final Logger LOG = Logger.getLogger(StoredObjectCount.class);

    private static final String NAME = "backup-codes-single-use-objects";

    /** The entity by its name, because Keycloak has it only since 26.7. Expired entries count until Keycloak removes them. */
    private static final String COUNT =
            "select count(*) from SingleUseObjectEntity o where o.id like '" + SingleUseKey.PREFIX + "%'";

    private final KeycloakSessionFactory sessions;
    private volatile double latest = Double.NaN;

    /** Takes the sessions of this server. */
    public StoredObjectCount(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * Starts to count, if the entries are in the database.
     *
     * @param interval between two counts; zero for never
     */
    public void schedule(Duration interval, BackupCodesMetrics metrics) {
        if (interval.isZero() || interval.isNegative() || !SingleUseStore.isInDatabase(sessions)) {
            return;
        }
        metrics.measureSingleUseObjects(() -> latest);
        KeycloakModelUtils.runJobInTransaction(sessions, session -> session.getProvider(TimerProvider.class)
                .schedule(this::count, interval.toMillis(), NAME));
    }

    private void count() {
        try {
            latest = KeycloakModelUtils.runJobInTransactionWithResult(sessions, StoredObjectCount::count);
        } catch (RuntimeException e) {
            latest = Double.NaN;
            LOG.debug("The single-use objects were not counted", e);
        }
    }

    private static double count(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(COUNT, Long.class)
                .getSingleResult();
    }
}
