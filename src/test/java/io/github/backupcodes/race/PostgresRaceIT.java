package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.Cluster;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.TestProviders;
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
    class OneNode extends Races {

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
    class TwoNodes extends FirstTimeRaces {

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
            Tally tally = new Tally(ground() + ": used on one, at once tried on the other, " + Kind.LOCAL);
            People people = people(Kind.LOCAL);
            int rounds = rounds(10);
            Member member = people.member(rounds + 1, true);
            for (int number = 0; number < rounds; number++) {
                handedOver(tally, people, member, number);
            }
            noFaults(tally);
        }

        @Test
        void fiveHundredWrongCodesAtOnceEndInAPauseAfterTen() {
            Flood flood = flood(10);
            assertThat(flood.evaluated()).as("%s", flood).isEqualTo(10);
            assertThat(flood.paused()).as("%s", flood).isEqualTo(Flood.GUESSES - 10);
        }

        @Test
        void fiveHundredWrongCodesAtOnceTurnTheSetOffAfterAHundred() {
            Flood flood = flood(0);
            assertThat(flood.evaluated()).as("%s", flood).isEqualTo(100);
            assertThat(flood.disabled()).as("%s", flood).isEqualTo(Flood.GUESSES - 100);
        }

        private Flood flood(int maxFailures) {
            People people = people(Kind.LOCAL);
            return people.withLimit(maxFailures, () -> {
                Member member = people.member(3, false);
                Flood flood = Flood.of(people, member, nodes(), lanes());
                Flood.TABLE.add(flood.line(maxFailures));
                assertThat(flood.stored()).as("%s", flood).isEqualTo(flood.evaluated());
                assertThat(flood.events()).as("%s", flood).isEqualTo(flood.evaluated());
                Lane lane = lane(0);
                assertThat(lane.run(lane.prepare(member.codes().code(0), node(0)))
                                .granted())
                        .as("the right code, now")
                        .isFalse();
                assertThat(member.used()).isEmpty();
                forgetSignIns();
                return flood;
            });
        }

        private void handedOver(Tally tally, People people, Member member, int number) {
            Lane one = lane(0);
            Lane other = lane(1);
            one.at(people.codePage(one.http(), node(number), member));
            if (!other.isAtCodePage()) {
                other.at(people.codePage(other.http(), node(number + 1), member));
            }
            String code = member.codes().code(number);
            HttpRequest first = one.prepare(code, node(number));
            HttpRequest second = other.prepare(code, node(number + 1));
            List<Outcome> outcomes = List.of(one.run(first), other.run(second));
            tally.round(outcomes);
            if (!outcomes.get(0).granted()) {
                tally.other("not granted: " + outcomes.get(0));
            }
            if (outcomes.get(1).granted()) {
                tally.doubleUse("code " + number);
                other.leave();
            } else if (!outcomes.get(1).refusedWith(Refusal.USED)) {
                tally.other("told otherwise: " + outcomes.get(1));
            }
        }
    }
}
