package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Where races are run: servers of some kind, and eight sessions; with several nodes, spread over them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RaceTests {

    static final int SESSIONS = 8;

    /** A realm for each kind, made by the first who needs it. */
    private final Map<UserOrigin, RaceUsers> realms = new EnumMap<>(UserOrigin.class);

    private List<RaceClient> lanes = List.of();
    private ParallelRequests race = new ParallelRequests();

    /** For the table. */
    abstract String ground();

    /** Where the requests go. */
    abstract List<KeycloakServer> nodes();

    /**
     * Whether users of every origin race here. In {@code mvn verify} they do in one place, for those imported and brokered are kept
     * in the tables of local users; {@code -Pdatabases} and {@code -Pstress} let them race everywhere.
     */
    boolean isForEveryOrigin() {
        return Integer.getInteger("race.rounds", 0) != 0;
    }

    /** Whose codes race. */
    Stream<UserOrigin> origins() {
        return isForEveryOrigin() ? Stream.of(UserOrigin.values()) : Stream.of(UserOrigin.LOCAL, UserOrigin.READ_ONLY);
    }

    /** Whose rows are held by somebody else: each takes ten seconds. */
    Stream<UserOrigin> originsOfHeldRows() {
        return isForEveryOrigin() ? Stream.of(UserOrigin.LOCAL, UserOrigin.READ_ONLY) : Stream.of(UserOrigin.LOCAL);
    }

    @BeforeEach
    void takePlaces() {
        lanes = Stream.generate(RaceClient::new).limit(SESSIONS).toList();
        race = new ParallelRequests();
    }

    @AfterEach
    void endThreads() {
        race.close();
    }

    /** Deletes the realms. */
    @AfterAll
    void forget() {
        realms.values().forEach(RaceUsers::close);
    }

    RaceUsers people(UserOrigin origin) {
        return realms.computeIfAbsent(origin, key -> key.on(first()));
    }

    /** Everybody to the code page, then all at once. */
    List<RequestOutcome> run(RaceUsers users, RaceUser user, int round, IntFunction<String> codes) {
        List<Callable<RequestOutcome>> runners = new ArrayList<>();
        for (int number = 0; number < SESSIONS; number++) {
            RaceClient lane = lanes.get(number);
            if (!lane.isAtCodePage()) {
                lane.at(users.codePage(lane.http(), node(number), user));
            }
            // of two nodes: half of the sessions go on where they are, half change over
            HttpRequest request = lane.prepare(codes.apply(number), node(number / 2 + round));
            runners.add(() -> lane.run(request));
        }
        return race.run(runners);
    }

    List<RaceClient> lanes() {
        return lanes;
    }

    RaceClient lane(int number) {
        return lanes.get(number);
    }

    KeycloakServer node(int number) {
        return nodes().get(number % nodes().size());
    }

    KeycloakServer first() {
        return nodes().get(0);
    }

    ParallelRequests race() {
        return race;
    }

    /** Whether a grant is really one. */
    void tokens(RoundResults results, List<RequestOutcome> outcomes) {
        for (int number = 0; number < outcomes.size(); number++) {
            if (outcomes.get(number).granted()) {
                LoginClient client = lanes.get(number).client();
                client.continueSignIn();
                if (client.tokens().path("access_token").asText().isEmpty()) {
                    results.other("no tokens");
                }
            }
        }
    }

    /** Of those who have typed one and the same code. */
    static void opensOnce(RoundResults results, List<RequestOutcome> outcomes) {
        long granted = outcomes.stream().filter(RequestOutcome::granted).count();
        if (granted > 1) {
            results.doubleUse(granted + " sessions with one code");
        } else if (granted == 0) {
            results.other("nobody got in: " + outcomes);
        }
    }

    void forgetSignIns() {
        lanes.forEach(RaceClient::leave);
    }

    /** All rounds run in {@code -Pdatabases} and {@code -Pstress}; {@code mvn verify} runs a quarter of them. */
    int rounds(int all) {
        int rounds = Integer.getInteger("race.rounds", 0);
        if (rounds > 0) {
            return rounds;
        }
        return rounds < 0 ? all : (all + 3) / 4;
    }

    /** How many were refused for a reason. */
    static long refused(List<RequestOutcome> outcomes, RefusalMessage reason) {
        return outcomes.stream().filter(outcome -> outcome.refusedWith(reason)).count();
    }

    static void noFaults(RoundResults results) {
        RaceReport.add(results);
        assertThat(new HashSet<>(results.faults())).as("%s", results.line()).isEmpty();
    }
}
