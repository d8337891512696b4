package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.TestProviders;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * PostgreSQL as an administrator may have set it: REPEATABLE READ by default, and a bound of its own for every lock. There the
 * look at a row that no one holds can fail, which it never does as PostgreSQL comes.
 */
@Tag("databases")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresIsolationIT extends RaceTests {

    private static final String LEVEL = "repeatable read";

    /** In milliseconds; shorter than what a request waits for a row. */
    private static final int LOCK_TIMEOUT = 1_500;

    private @Nullable Postgres postgres;
    private @Nullable KeycloakServer server;
    private String database = "";

    @BeforeAll
    void start() {
        Postgres started = Postgres.start();
        postgres = started;
        database = started.createDatabase();
        tell("alter database " + database + " set default_transaction_isolation = '" + LEVEL + "'");
        tell("alter database " + database + " set lock_timeout = " + LOCK_TIMEOUT);
        server = KeycloakServer.named("isolated")
                .provider(TestProviders.jar())
                .database(started.options(database))
                .start();
    }

    @Override
    @AfterAll
    void forget() {
        super.forget();
        if (server != null) {
            server.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Override
    String ground() {
        return "PostgreSQL, REPEATABLE READ";
    }

    @Override
    List<KeycloakServer> nodes() {
        return List.of(Objects.requireNonNull(server));
    }

    /** The first of all, for from the first conflict on the server waits for rows in the other way. */
    @Test
    @Order(1)
    void whileTheTableIsLockedPeopleAreToldToTryAgain() throws Exception {
        RaceUsers users = people(UserOrigin.LOCAL);
        RaceUser user = users.member(2, true);
        RaceClient client = lane(0);
        client.at(users.codePage(client.http(), first(), user));
        HttpRequest request = client.prepare(user.codes().code(0), first());
        RequestOutcome told;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // lets everybody read, and lock nothing
            statement.execute("lock table credential in exclusive mode");
            Future<RequestOutcome> sent = race().start(() -> client.run(request));
            told = sent.get();
            connection.rollback();
        }
        assertThat(told.refusedWith(RefusalMessage.BUSY)).as("%s", told).isTrue();
        assertThat(told.took()).isBetween(Duration.ofMillis(LOCK_TIMEOUT), Duration.ofSeconds(8));
        assertThat(user.used()).isEmpty();
        RequestOutcome again = client.run(client.prepare(user.codes().code(0), first()));
        assertThat(again.granted()).as("%s", again).isTrue();
        assertThat(user.used()).containsExactly(0);
        forgetSignIns();
    }

    /** Who comes second is told that the code is used, or, where the database refuses to lock what has changed, to try again. */
    @Test
    @Order(2)
    void oneCodeOpensOnce() {
        RaceUsers users = people(UserOrigin.LOCAL);
        RoundResults results = new RoundResults(ground() + ": 8 sessions, same code, LOCAL");
        int rounds = rounds(6);
        RaceUser user = users.member(rounds + 1, true);
        int conflicts = 0;
        for (int round = 0; round < rounds; round++) {
            String code = user.codes().code(round);
            List<RequestOutcome> outcomes = run(users, user, round, client -> code);
            results.round(outcomes);
            opensOnce(results, outcomes);
            if (!user.used().contains(round)) {
                results.lostUpdate("code " + round);
            }
            long used = refused(outcomes, RefusalMessage.USED);
            long busy = refused(outcomes, RefusalMessage.BUSY);
            conflicts += (int) busy;
            if (1 + used + busy != SESSIONS) {
                results.other("told otherwise: " + outcomes);
            }
            tokens(results, outcomes);
        }
        forgetSignIns();
        noFaults(results);
        assertThat(conflicts).as("the level is what it should be").isPositive();
    }

    private Connection connect() throws SQLException {
        return Objects.requireNonNull(postgres).connect(database);
    }

    private void tell(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
