package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedCluster;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** PostgreSQL under two nodes. */
@ResourceLock(SharedCluster.LOCK)
class PostgresRaceIT {

    private static List<KeycloakServer> both() {
        return SharedCluster.get().nodes();
    }

    /** All requests go to one of them. Two nodes, and one over H2 and over MariaDB, have these races in each run. */
    @Nested
    @Tag("databases")
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

        @Override
        boolean isForEveryOrigin() {
            return true;
        }

        @Test
        void aCodeUsedOnOneNodeIsUsedOnTheOtherAtOnce() {
            RoundResults results =
                    new RoundResults(ground() + ": used on one, at once tried on the other, " + UserOrigin.LOCAL);
            RaceUsers users = people(UserOrigin.LOCAL);
            int rounds = rounds(10);
            RaceUser user = users.member(rounds + 1, true);
            for (int number = 0; number < rounds; number++) {
                handedOver(results, users, user, number);
            }
            noFaults(results);
        }

        @Test
        void fiveHundredWrongCodesAtOnceEndInAPauseAfterTen() {
            WrongCodeFloodResult result = flood(10);
            assertThat(result.evaluated()).as("%s", result).isEqualTo(10);
            assertThat(result.paused()).as("%s", result).isEqualTo(WrongCodeFloodResult.GUESSES - 10);
        }

        @Test
        void fiveHundredWrongCodesAtOnceTurnTheSetOffAfterAHundred() {
            WrongCodeFloodResult result = flood(0);
            assertThat(result.evaluated()).as("%s", result).isEqualTo(100);
            assertThat(result.disabled()).as("%s", result).isEqualTo(WrongCodeFloodResult.GUESSES - 100);
        }

        private WrongCodeFloodResult flood(int maxFailures) {
            RaceUsers users = people(UserOrigin.LOCAL);
            return users.withLimit(maxFailures, () -> {
                RaceUser user = users.member(3, false);
                WrongCodeFloodResult result = WrongCodeFloodResult.of(users, user, nodes(), lanes());
                WrongCodeFloodResult.TABLE.add(result.line(maxFailures));
                assertThat(result.stored()).as("%s", result).isEqualTo(result.evaluated());
                assertThat(result.events()).as("%s", result).isEqualTo(result.evaluated());
                RaceClient client = lane(0);
                assertThat(client.run(client.prepare(user.codes().code(0), node(0)))
                                .granted())
                        .as("the right code, now")
                        .isFalse();
                assertThat(user.used()).isEmpty();
                forgetSignIns();
                return result;
            });
        }

        private void handedOver(RoundResults results, RaceUsers users, RaceUser user, int number) {
            RaceClient one = lane(0);
            RaceClient other = lane(1);
            one.at(users.codePage(one.http(), node(number), user));
            if (!other.isAtCodePage()) {
                other.at(users.codePage(other.http(), node(number + 1), user));
            }
            String code = user.codes().code(number);
            HttpRequest first = one.prepare(code, node(number));
            HttpRequest second = other.prepare(code, node(number + 1));
            List<RequestOutcome> outcomes = List.of(one.run(first), other.run(second));
            results.round(outcomes);
            if (!outcomes.get(0).granted()) {
                results.other("not granted: " + outcomes.get(0));
            }
            if (outcomes.get(1).granted()) {
                results.doubleUse("code " + number);
                other.leave();
            } else if (!outcomes.get(1).refusedWith(RefusalMessage.USED)) {
                results.other("told otherwise: " + outcomes.get(1));
            }
        }
    }
}
