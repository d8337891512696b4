package io.github.backupcodes.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.heap.LiveObjects;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.TestProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The coverage of a large realm on PostgreSQL: how long it takes, and how many rows it holds at a time. Beyond the usual
 * suite, see the profile {@code stress}; {@link CoverageIT} has the small one.
 */
@EnabledIfSystemProperty(named = "coverage.users", matches = "[1-9]\\d*")
class CoverageLoadIT {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Rows that the driver has read but no one has asked for yet; what it fetches at once is 1,000. */
    private static final String ROW = "org.postgresql.core.Tuple";

    private static final int MOST_ROWS = 3_000;

    @Test
    void aLargeRealmTakesLessThanTwoSecondsAndNoMoreMemoryThanASmallOne() throws IOException, SQLException {
        int users = Integer.getInteger("coverage.users");
        try (Postgres postgres = Postgres.start()) {
            measure(postgres, postgres.createDatabase(), users);
        }
    }

    private static void measure(Postgres postgres, String database, int users) throws IOException, SQLException {
        try (KeycloakServer server = KeycloakServer.named("coverage")
                .database(postgres.options(database))
                .provider(TestProviders.jar())
                .heap("512m")
                .fullSpeed()
                .start()) {
            // it goes with its database
            CoverageLoad load = CoverageLoad.of(TestRealm.on(server).create(), users);
            // what the database does by itself, sooner or later
            try (Connection connection = postgres.connect(database);
                    Statement statement = connection.createStatement()) {
                statement.execute("analyze");
            }
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                times.add(load.ask(i % 2 == 0 ? 0 : users / 2, 100));
            }
            Duration first = times.get(0);
            Collections.sort(times);
            Duration worst = times.get(times.size() - 1);
            long rows = mostRows(server, load);
            Files.writeString(BuildFiles.directory().resolve("coverage.md"), """
                    | Users | Credentials | First response | Median of 9 | Slowest | Maximum of rows held |
                    |---:|---:|---:|---:|---:|---:|
                    | %d | %d | %d ms | %d ms | %d ms | %d |
                    """.formatted(
                            users,
                            users + users * 4 / 5,
                            first.toMillis(),
                            times.get(times.size() / 2).toMillis(),
                            worst.toMillis(),
                            rows));
            System.out.println(Files.readString(BuildFiles.directory().resolve("coverage.md")));
            assertThat(worst).isLessThan(LIMIT);
            assertThat(rows).isBetween(1L, (long) MOST_ROWS);
        }
    }

    /** The most rows alive in the server while it answers again and again, of some looks at its heap. */
    private static long mostRows(KeycloakServer server, CoverageLoad load) {
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                load.ask(0, 100);
            }
        });
        try {
            long most = 0;
            for (int look = 0; look < 20; look++) {
                most = Math.max(most, LiveObjects.of(server.jvm()).count(ROW));
            }
            return most;
        } finally {
            enough.set(true);
            asking.join();
        }
    }
}
