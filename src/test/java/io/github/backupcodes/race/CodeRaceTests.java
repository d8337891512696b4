package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The races for codes, to be run on servers of some kind. Eight sessions each; with several nodes, spread over them. */
abstract class CodeRaceTests extends RaceTests {

    /** Longer than anybody should have to wait. */
    private static final Duration HELD = Duration.ofSeconds(10);

    /** Five seconds for the row, the rest for the page on a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(8);

    /** Of the events of codes that were evaluated in vain. */
    private static final Set<String> REASONS = Set.of("wrong_backup_code", "backup_code_already_used");

    /** As many as one user gets by with, so that a new one is not needed each time. */
    private static final int CODES = 48;

    @ParameterizedTest
    @EnumSource(UserOrigin.class)
    void oneCodeTypedEightTimesAtOnceOpensOnce(UserOrigin kind) {
        RoundResults tally = new RoundResults(ground() + ": 8 sessions, same code, " + kind);
        RaceUsers people = people(kind);
        int left = rounds(kind == UserOrigin.LOCAL ? 24 : 10);
        while (left > 0) {
            RaceUser member = people.member(CODES, kind != UserOrigin.LOCAL);
            int now = Math.min(left, CODES - 1);
            left -= now;
            for (int number = 0; number < now; number++) {
                sameCode(tally, people, member, number);
            }
            Set<Integer> missing = IntStream.range(0, now).boxed().collect(Collectors.toSet());
            missing.removeAll(member.used());
            missing.forEach(code -> tally.lostUpdate("code " + code));
            forgetSignIns();
        }
        noFaults(tally);
    }

    private void sameCode(RoundResults tally, RaceUsers people, RaceUser member, int number) {
        String code = member.codes().code(number);
        List<RequestOutcome> outcomes = run(people, member, number, lane -> code);
        tally.round(outcomes);
        opensOnce(tally, outcomes);
        outcomes.stream()
                .filter(outcome -> outcome.kind() == RequestOutcome.Kind.REFUSED && !outcome.refusedWith(RefusalMessage.USED))
                .forEach(outcome -> tally.other("told otherwise: " + outcome.text()));
        tokens(tally, outcomes);
    }

    @ParameterizedTest
    @EnumSource(UserOrigin.class)
    void eightCodesOfOneUserAtOnceAllOpen(UserOrigin kind) {
        RoundResults tally = new RoundResults(ground() + ": 8 sessions, 8 codes of one user, " + kind);
        RaceUsers people = people(kind);
        int left = rounds(kind == UserOrigin.LOCAL ? 8 : 4);
        while (left > 0) {
            RaceUser member = people.member(CODES, kind != UserOrigin.LOCAL);
            int now = Math.min(left, CODES / SESSIONS - 1);
            left -= now;
            for (int round = 0; round < now; round++) {
                differentCodes(tally, people, member, round);
            }
            comesBack(tally, people, member, now * SESSIONS);
            forgetSignIns();
        }
        noFaults(tally);
    }

    private void differentCodes(RoundResults tally, RaceUsers people, RaceUser member, int round) {
        int from = round * SESSIONS;
        List<RequestOutcome> outcomes =
                run(people, member, round, lane -> member.codes().code(from + lane));
        tally.round(outcomes);
        outcomes.stream()
                .filter(outcome -> outcome.kind() == RequestOutcome.Kind.REFUSED)
                .forEach(outcome -> tally.other("refused: " + outcome.text()));
        Set<Integer> used = member.used();
        for (int lane = 0; lane < SESSIONS; lane++) {
            if (outcomes.get(lane).granted() && !used.contains(from + lane)) {
                tally.lostUpdate("code " + (from + lane));
            }
        }
        tokens(tally, outcomes);
    }

    /** Tries every used code once more, at one node and the other. */
    private void comesBack(RoundResults tally, RaceUsers people, RaceUser member, int count) {
        for (int number = 0; number < count; number++) {
            RaceClient lane = lane(number % SESSIONS);
            KeycloakServer node = node(number);
            if (!lane.isAtCodePage()) {
                lane.at(people.codePage(lane.http(), node, member));
            }
            RequestOutcome outcome = lane.run(lane.prepare(member.codes().code(number), node));
            if (outcome.granted()) {
                tally.doubleUse("code " + number + " came back");
            } else if (!outcome.refusedWith(RefusalMessage.USED)) {
                tally.other("tried again: " + outcome);
            }
        }
    }

    /** First one code in all sessions, then two codes in four sessions each. */
    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void recoveryCodesOfKeycloaksOpenOnceEach(UserOrigin kind) {
        RoundResults tally = new RoundResults(ground() + ": 8 sessions, 1 or 2 of Keycloak’s recovery codes, " + kind);
        RaceUsers people = people(kind);
        for (int round = rounds(2); round > 0; round--) {
            TestRecoveryCodes codes = TestRecoveryCodes.now();
            RaceUser member = people.member(codes);
            for (int first = 0; first < 9; first += 3) {
                recoveryCodes(tally, people, member, codes, List.of(first));
                recoveryCodes(tally, people, member, codes, List.of(first + 1, first + 2));
            }
            int left = Json.read(member.admin()
                            .credentials(TestRecoveryCodes.CREDENTIAL)
                            .get(0)
                            .path("credentialData")
                            .asText())
                    .path("remainingCodes")
                    .asInt();
            if (left != 3) {
                tally.lostUpdate(left + " codes left of 12 after 9");
            }
            forgetSignIns();
        }
        noFaults(tally);
    }

    private void recoveryCodes(
            RoundResults tally, RaceUsers people, RaceUser member, TestRecoveryCodes codes, List<Integer> numbers) {
        List<RequestOutcome> outcomes =
                run(people, member, numbers.get(0), lane -> codes.code(numbers.get(lane % numbers.size())));
        tally.round(outcomes);
        for (int which = 0; which < numbers.size(); which++) {
            int remainder = which;
            long granted = IntStream.range(0, SESSIONS)
                    .filter(lane -> lane % numbers.size() == remainder)
                    .filter(lane -> outcomes.get(lane).granted())
                    .count();
            if (granted > 1) {
                tally.doubleUse(granted + " sessions with one recovery code");
            } else if (granted == 0) {
                tally.other("nobody got in: " + outcomes);
            }
        }
        outcomes.stream()
                .filter(outcome -> outcome.kind() == RequestOutcome.Kind.REFUSED && !outcome.refusedWith(RefusalMessage.USED))
                .forEach(outcome -> tally.other("told otherwise: " + outcome.text()));
        tokens(tally, outcomes);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void noOldCodeWorksOnceNewOnesAreSaved(UserOrigin kind) {
        RoundResults tally = new RoundResults(ground() + ": renewing while 7 old codes are used, " + kind);
        RaceUsers people = people(kind);
        for (int round = rounds(4); round > 0; round--) {
            renewing(tally, people, people.member(2 * SESSIONS, false), round, kind);
            forgetSignIns();
        }
        noFaults(tally);
    }

    /**
     * Users of a storage without import get a row of another id with each change, and with snapshot isolation a row that is gone
     * can end in the page that asks to try again: nothing is used or counted then.
     */
    private void renewing(RoundResults tally, RaceUsers people, RaceUser member, int round, UserOrigin kind) {
        RaceClient renewer = lane(0);
        renewer.at(
                people.secondFactor(renewer.http(), node(round), member, Map.of("kc_action", BackupCodesNames.ACTION)));
        renewer.client().otp(member.totp().now());
        List<String> newCodes = renewer.client().page().backupCodes();
        HttpRequest save = renewer.client().prepare("form:has([name=codesSaved])", Map.of("codesSaved", "on"));
        List<Callable<RequestOutcome>> runners = new ArrayList<>();
        for (int number = 1; number < SESSIONS; number++) {
            RaceClient lane = lane(number);
            lane.at(people.codePage(lane.http(), node(number + round), member));
            HttpRequest request = lane.prepare(member.codes().code(number), node(number / 2 + round));
            runners.add(() -> lane.run(request));
        }
        // among the others rather than ahead of them
        runners.add(SESSIONS / 2, () -> renewer.run(save));
        List<RequestOutcome> outcomes = race().run(runners);
        tally.round(outcomes);
        if (!outcomes.get(SESSIONS / 2).granted()) {
            tally.other("not saved: " + outcomes.get(SESSIONS / 2));
        }
        outcomes.stream()
                .filter(outcome -> outcome.kind() == RequestOutcome.Kind.REFUSED && !outcome.refusedWith(RefusalMessage.REPLACED))
                .filter(outcome -> kind == UserOrigin.LOCAL || !outcome.refusedWith(RefusalMessage.BUSY))
                .forEach(outcome -> tally.other("told otherwise: " + outcome.text()));
        oldCodesAreDead(tally, people, member);
        RaceClient lane = lane(1);
        lane.at(people.codePage(lane.http(), node(round + 1), member));
        RequestOutcome outcome = lane.run(lane.prepare(newCodes.get(3), node(round)));
        if (!outcome.granted() || !member.used().equals(Set.of(3))) {
            tally.lostUpdate("a new code: " + outcome + ", stored as used: " + member.used());
        }
    }

    private void oldCodesAreDead(RoundResults tally, RaceUsers people, RaceUser member) {
        RaceClient lane = lane(SESSIONS - 1);
        lane.at(people.codePage(lane.http(), first(), member));
        for (int number = 0; number < 2 * SESSIONS; number++) {
            RequestOutcome outcome = lane.run(lane.prepare(member.codes().code(number), node(number)));
            if (outcome.granted()) {
                tally.doubleUse("old code " + number + " after the save");
                lane.at(people.codePage(lane.http(), first(), member));
            } else if (!outcome.refusedWith(RefusalMessage.REPLACED)) {
                tally.other("old code " + number + ": " + outcome);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void guessesAndReplaysInParallelDoNotPassTheLimit(UserOrigin kind) {
        RoundResults tally = new RoundResults(ground() + ": 8 wrong or used codes, limit " + RaceUsers.FEW_FAILURES + ", " + kind);
        RaceUsers people = people(kind);
        noFaults(people.withLimit(RaceUsers.FEW_FAILURES, () -> {
            for (int round = rounds(4); round > 0; round--) {
                inVain(tally, people, people.member(SESSIONS, true), round);
                forgetSignIns();
            }
            return tally;
        }));
    }

    private void inVain(RoundResults tally, RaceUsers people, RaceUser member, int round) {
        RaceClient user = lane(0);
        user.at(people.codePage(user.http(), node(round), member));
        String used = member.codes().code(1);
        if (!user.run(user.prepare(used, node(round))).granted()) {
            tally.other("the code to replay was not granted");
        }
        user.leave();
        List<RequestOutcome> outcomes = run(
                people, member, round, lane -> lane % 2 == 0 ? member.codes().wrong(lane) : used);
        tally.round(outcomes);
        long evaluated = refused(outcomes, RefusalMessage.WRONG) + refused(outcomes, RefusalMessage.USED);
        long paused = refused(outcomes, RefusalMessage.PAUSED);
        long events = people.realm().admin().events("LOGIN_ERROR").stream()
                .filter(event ->
                        event.path("userId").asText().equals(member.admin().id()))
                .filter(event ->
                        REASONS.contains(event.path("details").path("reason").asText()))
                .count();
        if (evaluated != RaceUsers.FEW_FAILURES
                || paused != SESSIONS - RaceUsers.FEW_FAILURES
                || events != evaluated
                || member.guesses() != refused(outcomes, RefusalMessage.WRONG)
                || member.replays() != refused(outcomes, RefusalMessage.USED)) {
            tally.other("evaluated " + evaluated + ", paused " + paused + ", events " + events + ", stored "
                    + member.guesses() + " + " + member.replays());
        }
        // not even the right code, once there is a pause
        RequestOutcome right = lane(0).run(lane(0).prepare(member.codes().code(0), node(round + 1)));
        if (!right.refusedWith(RefusalMessage.PAUSED)) {
            tally.other("in the pause: " + right);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void whoWaitsTooLongForTheRowIsToldToTryAgain(UserOrigin kind) throws Exception {
        RaceUsers people = people(kind);
        RaceUser member = people.member(3, true);
        RealmAdmin admin = people.realm().admin();
        String row = admin.path("/" + RowLockResourceFactory.ID + "/" + member.credential());
        RaceClient lane = lane(0);
        lane.at(people.codePage(lane.http(), first(), member));
        // PostgreSQL bounds each of the locks that the second one waits for
        RaceClient other = lane(1);
        other.at(people.codePage(other.http(), node(1), member));
        String code = member.codes().code(1);
        Future<HttpResponse<String>> holder =
                race().start(() -> admin.client().send("POST", row + "?milliseconds=" + HELD.toMillis(), null));
        Awaitility.await("row held")
                .atMost(Duration.ofSeconds(20))
                .until(() -> admin.client().get(row).asBoolean());

        HttpRequest first = lane.prepare(code, first());
        HttpRequest second = other.prepare(member.codes().code(2), node(1));
        List<RequestOutcome> outcomes = race().run(List.of(() -> lane.run(first), () -> other.run(second)));
        String held = holder.get().body();

        assertThat(outcomes).allSatisfy(busy -> {
            assertThat(busy.refusedWith(RefusalMessage.BUSY)).isTrue();
            assertThat(busy.took()).isBetween(Duration.ofSeconds(4), BOUND);
        });
        assertThat(held).isEqualTo("true");
        assertThat(member.used()).isEmpty();
        // the page that said so is still good
        RequestOutcome granted = lane.run(lane.prepare(code, first()));
        assertThat(granted.granted()).as("%s", granted).isTrue();
        assertThat(member.used()).containsExactly(1);
        forgetSignIns();
    }
}
