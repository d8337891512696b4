package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.TestProviders;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** PostgreSQL under two nodes. */
class PostgresRaceIT {

    private static @Nullable Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("cluster", TestProviders.jar());
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static List<KeycloakServer> both() {
        return Objects.requireNonNull(cluster).nodes();
    }

    /** All requests go to one of them. */
    @Nested
    class OneNode extends CodeRaceTests {

        @Override
        String ground() {
            return "PostgreSQL";
        }

        @Override
        List<KeycloakServer> nodes() {
            return both().subList(0, 1);
        }
    }

    /** The requests are split between them. */
    @Nested
    class TwoNodes extends FirstUseRaceTests {

        @Override
        String ground() {
            return "two nodes";
        }

        @Override
        List<KeycloakServer> nodes() {
            return both();
        }

        @Test
        void aCodeUsedOnOneNodeIsUsedOnTheOtherAtOnce() {
            RoundResults tally = new RoundResults(ground() + ": used on one, at once tried on the other, " + UserOrigin.LOCAL);
            RaceUsers people = people(UserOrigin.LOCAL);
            int rounds = rounds(10);
            RaceUser member = people.member(rounds + 1, true);
            for (int number = 0; number < rounds; number++) {
                handedOver(tally, people, member, number);
            }
            noFaults(tally);
        }

        @Test
        void fiveHundredWrongCodesAtOnceEndInAPauseAfterTen() {
            WrongCodeFloodResult flood = flood(10);
            assertThat(flood.evaluated()).as("%s", flood).isEqualTo(10);
            assertThat(flood.paused()).as("%s", flood).isEqualTo(WrongCodeFloodResult.GUESSES - 10);
        }

        @Test
        void fiveHundredWrongCodesAtOnceTurnTheSetOffAfterAHundred() {
            WrongCodeFloodResult flood = flood(0);
            assertThat(flood.evaluated()).as("%s", flood).isEqualTo(100);
            assertThat(flood.disabled()).as("%s", flood).isEqualTo(WrongCodeFloodResult.GUESSES - 100);
        }

        private WrongCodeFloodResult flood(int maxFailures) {
            RaceUsers people = people(UserOrigin.LOCAL);
            return people.withLimit(maxFailures, () -> {
                RaceUser member = people.member(3, false);
                WrongCodeFloodResult flood = WrongCodeFloodResult.of(people, member, nodes(), lanes());
                WrongCodeFloodResult.TABLE.add(flood.line(maxFailures));
                assertThat(flood.stored()).as("%s", flood).isEqualTo(flood.evaluated());
                assertThat(flood.events()).as("%s", flood).isEqualTo(flood.evaluated());
                RaceClient lane = lane(0);
                assertThat(lane.run(lane.prepare(member.codes().code(0), node(0)))
                                .granted())
                        .as("the right code, now")
                        .isFalse();
                assertThat(member.used()).isEmpty();
                forgetSignIns();
                return flood;
            });
        }

        private void handedOver(RoundResults tally, RaceUsers people, RaceUser member, int number) {
            RaceClient one = lane(0);
            RaceClient other = lane(1);
            one.at(people.codePage(one.http(), node(number), member));
            if (!other.isAtCodePage()) {
                other.at(people.codePage(other.http(), node(number + 1), member));
            }
            String code = member.codes().code(number);
            HttpRequest first = one.prepare(code, node(number));
            HttpRequest second = other.prepare(code, node(number + 1));
            List<RequestOutcome> outcomes = List.of(one.run(first), other.run(second));
            tally.round(outcomes);
            if (!outcomes.get(0).granted()) {
                tally.other("not granted: " + outcomes.get(0));
            }
            if (outcomes.get(1).granted()) {
                tally.doubleUse("code " + number);
                other.leave();
            } else if (!outcomes.get(1).refusedWith(RefusalMessage.USED)) {
                tally.other("told otherwise: " + outcomes.get(1));
            }
        }
    }
}
