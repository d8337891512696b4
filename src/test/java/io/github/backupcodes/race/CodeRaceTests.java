package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The races for codes, to be run on servers of some kind. Eight sessions each; with several nodes, spread over them. */
abstract class CodeRaceTests extends RaceTests {

    /** Longer than anybody should have to wait. */
    private static final Duration HELD = Duration.ofSeconds(10);

    /** Five seconds for the row, the rest for the page on a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(8);

    /** From here on a wait for a lock ends in the page that asks to try again. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(4);

    /** Of the events of codes that were evaluated in vain. */
    private static final Set<String> REASONS = Set.of("wrong_backup_code", "backup_code_already_used");

    /** As many as one user gets by with, so that a new one is not needed each time. */
    private static final int CODES = 40;

    private static final int EMAIL_ROUNDS = 4;

    /** The same row lock, and the same JSON, as those of backup codes; at once and one after the other. */
    @Test
    void ofTwoWithTheSameCodeByEmailOneSignsInAndTenWrongOnesPause() throws Exception {
        try (EmailCodeRealm mails = EmailCodeRealm.create(first(), Map.of())) {
            TestUser user = mails.user("alice").create();
            for (int round = 1; round <= EMAIL_ROUNDS; round++) {
                List<LoginClient> tabs = emailTabs(mails, user);
                String code = mails.awaitCode(user, round);
                List<HttpRequest> requests = tabs.stream()
                        .map(tab -> tab.prepare(EmailCodeRealm.FORM, Map.of("emailCode", code)))
                        .toList();
                Future<HttpPage> other = race().start(() -> tabs.get(1).send(requests.get(1)));
                tabs.get(0).send(requests.get(0));
                other.get(60, TimeUnit.SECONDS);
                assertThat(tabs.stream().filter(LoginClient::isSignedIn))
                        .as("%s", tabs.stream().map(LoginClient::page).toList())
                        .hasSize(1);
            }

            // a loser may have been counted after the success: this one clears the count
            EmailCodeRealm.enter(mails.open(user), mails.awaitCode(user, EMAIL_ROUNDS + 1))
                    .assertSignedIn();
            LoginClient client = mails.open(user);
            String wrong = EmailCodeRealm.otherThan(mails.awaitCode(user, EMAIL_ROUNDS + 2));
            for (int i = 0; i < 5; i++) {
                EmailCodeRealm.enter(client, wrong);
            }
            EmailCodeRealm.again(client);
            String last = mails.awaitCode(user, EMAIL_ROUNDS + 3);
            for (int i = 0; i < 5; i++) {
                EmailCodeRealm.enter(client, EmailCodeRealm.otherThan(last));
            }
            JsonNode guesses = user.admin().credentialData(EmailCodeRealm.TYPE).path("guesses");
            assertThat(guesses.path("inARow").asInt()).isEqualTo(10);
            assertThat(guesses.path("pausedUntil").asText()).isNotEmpty();
            client.page().assertHasNo(EmailCodeRealm.FORM, "paused");
            client.assertNotSignedIn();
        }
    }

    private List<LoginClient> emailTabs(EmailCodeRealm mails, TestUser user) {
        LoginClient one = mails.realm().session(LoginClient.connections(), first());
        one.open();
        LoginClient two = one.newTab();
        two.open();
        List<LoginClient> tabs = List.of(one, two);
        tabs.forEach(tab -> {
            tab.password(user);
            tab.assertHas(EmailCodeRealm.FORM);
        });
        return tabs;
    }

    @ParameterizedTest
    @MethodSource("origins")
    void oneCodeTypedEightTimesAtOnceOpensOnce(UserOrigin origin) {
        RoundResults results = new RoundResults(ground() + ": 8 sessions, same code, " + origin);
        RaceUsers users = people(origin);
        int left = rounds(origin == UserOrigin.LOCAL ? 12 : 8);
        while (left > 0) {
            RaceUser member = users.member(CODES, origin != UserOrigin.LOCAL);
            int now = Math.min(left, CODES - 1);
            left -= now;
            for (int number = 0; number < now; number++) {
                sameCode(results, users, member, number);
            }
            Set<Integer> missing = IntStream.range(0, now).boxed().collect(Collectors.toSet());
            missing.removeAll(member.used());
            missing.forEach(code -> results.lostUpdate("code " + code));
            forgetSignIns();
        }
        noFaults(results);
    }

    private void sameCode(RoundResults results, RaceUsers users, RaceUser member, int number) {
        String code = member.codes().code(number);
        List<RequestOutcome> outcomes = run(users, member, number, lane -> code);
        results.round(outcomes);
        opensOnce(results, outcomes);
        outcomes.stream()
                .filter(outcome ->
                        outcome.kind() == RequestOutcome.Kind.REFUSED && !outcome.refusedWith(RefusalMessage.USED))
                .forEach(outcome -> results.other("told otherwise: " + outcome.text()));
        tokens(results, outcomes);
    }

    @ParameterizedTest
    @MethodSource("origins")
    void eightCodesOfOneUserAtOnceAllOpen(UserOrigin origin) {
        RoundResults results = new RoundResults(ground() + ": 8 sessions, 8 codes of one user, " + origin);
        RaceUsers users = people(origin);
        int left = rounds(4);
        while (left > 0) {
            RaceUser member = users.member(CODES, origin != UserOrigin.LOCAL);
            int now = Math.min(left, CODES / SESSIONS - 1);
            left -= now;
            for (int round = 0; round < now; round++) {
                differentCodes(results, users, member, round);
            }
            comesBack(results, users, member, now * SESSIONS);
            forgetSignIns();
        }
        noFaults(results);
    }

    private void differentCodes(RoundResults results, RaceUsers users, RaceUser member, int round) {
        int from = round * SESSIONS;
        List<RequestOutcome> outcomes =
                run(users, member, round, lane -> member.codes().code(from + lane));
        results.round(outcomes);
        outcomes.stream()
                .filter(outcome -> outcome.kind() == RequestOutcome.Kind.REFUSED)
                .forEach(outcome -> results.other("refused: " + outcome.text()));
        Set<Integer> used = member.used();
        for (int lane = 0; lane < SESSIONS; lane++) {
            if (outcomes.get(lane).granted() && !used.contains(from + lane)) {
                results.lostUpdate("code " + (from + lane));
            }
        }
        tokens(results, outcomes);
    }

    /** Tries every used code once more, at one node and the other. */
    private void comesBack(RoundResults results, RaceUsers users, RaceUser member, int count) {
        for (int number = 0; number < count; number++) {
            RaceClient lane = lane(number % SESSIONS);
            KeycloakServer node = node(number);
            if (!lane.isAtCodePage()) {
                lane.at(users.codePage(lane.http(), node, member));
            }
            RequestOutcome outcome = lane.run(lane.prepare(member.codes().code(number), node));
            if (outcome.granted()) {
                results.doubleUse("code " + number + " came back");
            } else if (!outcome.refusedWith(RefusalMessage.USED)) {
                results.other("tried again: " + outcome);
            }
        }
    }

    /** First one code in all sessions, then two codes in four sessions each. */
    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void recoveryCodesOfKeycloaksOpenOnceEach(UserOrigin origin) {
        RoundResults results =
                new RoundResults(ground() + ": 8 sessions, 1 or 2 of Keycloak’s recovery codes, " + origin);
        RaceUsers users = people(origin);
        for (int round = rounds(2); round > 0; round--) {
            TestRecoveryCodes codes = TestRecoveryCodes.now();
            RaceUser member = users.member(codes);
            for (int first = 0; first < 9; first += 3) {
                recoveryCodes(results, users, member, codes, List.of(first));
                recoveryCodes(results, users, member, codes, List.of(first + 1, first + 2));
            }
            int left = member.admin()
                    .credentialData(TestRecoveryCodes.CREDENTIAL)
                    .path("remainingCodes")
                    .asInt();
            if (left != 3) {
                results.lostUpdate(left + " codes left of 12 after 9");
            }
            forgetSignIns();
        }
        noFaults(results);
    }

    private void recoveryCodes(
            RoundResults results, RaceUsers users, RaceUser member, TestRecoveryCodes codes, List<Integer> numbers) {
        List<RequestOutcome> outcomes =
                run(users, member, numbers.get(0), lane -> codes.code(numbers.get(lane % numbers.size())));
        results.round(outcomes);
        for (int which = 0; which < numbers.size(); which++) {
            int remainder = which;
            long granted = IntStream.range(0, SESSIONS)
                    .filter(lane -> lane % numbers.size() == remainder)
                    .filter(lane -> outcomes.get(lane).granted())
                    .count();
            if (granted > 1) {
                results.doubleUse(granted + " sessions with one recovery code");
            } else if (granted == 0) {
                results.other("nobody got in: " + outcomes);
            }
        }
        outcomes.stream()
                .filter(outcome ->
                        outcome.kind() == RequestOutcome.Kind.REFUSED && !outcome.refusedWith(RefusalMessage.USED))
                .forEach(outcome -> results.other("told otherwise: " + outcome.text()));
        tokens(results, outcomes);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void noOldCodeWorksOnceNewOnesAreSaved(UserOrigin origin) {
        RoundResults results = new RoundResults(ground() + ": renewing while 7 old codes are used, " + origin);
        RaceUsers users = people(origin);
        for (int round = rounds(4); round > 0; round--) {
            renewing(results, users, users.member(2 * SESSIONS, false), round, origin);
            forgetSignIns();
        }
        noFaults(results);
    }

    /**
     * Users of a storage without import get a row with another id with each change. On MariaDB this can end in a deadlock, and
     * then in the page that asks to try again: nothing is used or counted then.
     */
    private void renewing(RoundResults results, RaceUsers users, RaceUser member, int round, UserOrigin origin) {
        RaceClient renewer = lane(0);
        renewer.at(
                users.secondFactor(renewer.http(), node(round), member, Map.of("kc_action", BackupCodesNames.ACTION)));
        renewer.client().otp(member.totp().now());
        List<String> newCodes = renewer.client().page().backupCodes();
        HttpRequest save = renewer.client().prepare("form:has([name=codesSaved])", Map.of("codesSaved", "on"));
        List<Callable<RequestOutcome>> runners = new ArrayList<>();
        for (int number = 1; number < SESSIONS; number++) {
            RaceClient lane = lane(number);
            lane.at(users.codePage(lane.http(), node(number + round), member));
            HttpRequest request = lane.prepare(member.codes().code(number), node(number / 2 + round));
            runners.add(() -> lane.run(request));
        }
        // among the others rather than ahead of them
        runners.add(SESSIONS / 2, () -> renewer.run(save));
        List<RequestOutcome> outcomes = race().run(runners);
        results.round(outcomes);
        if (!outcomes.get(SESSIONS / 2).granted()) {
            results.other("not saved: " + outcomes.get(SESSIONS / 2));
        }
        outcomes.stream()
                .filter(outcome ->
                        outcome.kind() == RequestOutcome.Kind.REFUSED && !outcome.refusedWith(RefusalMessage.REPLACED))
                .filter(outcome -> !isBusyForAReason(outcome, origin))
                .forEach(outcome -> results.other("told otherwise: " + outcome.text()));
        oldCodesAreDead(results, users, member);
        RaceClient lane = lane(1);
        lane.at(users.codePage(lane.http(), node(round + 1), member));
        RequestOutcome outcome = lane.run(lane.prepare(newCodes.get(3), node(round)));
        if (!outcome.granted() || !member.used().equals(Set.of(3))) {
            results.lostUpdate("a new code: " + outcome + ", stored as used: " + member.used());
        }
    }

    private static boolean isBusyForAReason(RequestOutcome outcome, UserOrigin origin) {
        return outcome.refusedWith(RefusalMessage.BUSY)
                && (origin != UserOrigin.LOCAL || outcome.took().compareTo(LOCK_WAIT) >= 0);
    }

    private void oldCodesAreDead(RoundResults results, RaceUsers users, RaceUser member) {
        RaceClient lane = lane(SESSIONS - 1);
        lane.at(users.codePage(lane.http(), first(), member));
        for (int number = 0; number < 2 * SESSIONS; number++) {
            RequestOutcome outcome = lane.run(lane.prepare(member.codes().code(number), node(number)));
            if (outcome.granted()) {
                results.doubleUse("old code " + number + " after the save");
                lane.at(users.codePage(lane.http(), first(), member));
            } else if (!outcome.refusedWith(RefusalMessage.REPLACED)) {
                results.other("old code " + number + ": " + outcome);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void guessesAndReplaysInParallelDoNotPassTheLimit(UserOrigin origin) {
        RoundResults results =
                new RoundResults(ground() + ": 8 wrong or used codes, limit " + RaceUsers.FEW_FAILURES + ", " + origin);
        RaceUsers users = people(origin);
        noFaults(users.withLimit(RaceUsers.FEW_FAILURES, () -> {
            for (int round = rounds(4); round > 0; round--) {
                inVain(results, users, users.member(SESSIONS, true), round);
                forgetSignIns();
            }
            return results;
        }));
    }

    private void inVain(RoundResults results, RaceUsers users, RaceUser member, int round) {
        RaceClient user = lane(0);
        user.at(users.codePage(user.http(), node(round), member));
        String used = member.codes().code(1);
        if (!user.run(user.prepare(used, node(round))).granted()) {
            results.other("the code to replay was not granted");
        }
        user.leave();
        List<RequestOutcome> outcomes =
                run(users, member, round, lane -> lane % 2 == 0 ? member.codes().wrongCode() : used);
        results.round(outcomes);
        long evaluated = refused(outcomes, RefusalMessage.WRONG) + refused(outcomes, RefusalMessage.USED);
        long paused = refused(outcomes, RefusalMessage.PAUSED);
        long events = users.realm().admin().events("LOGIN_ERROR").stream()
                .filter(event ->
                        event.path("userId").asText().equals(member.admin().id()))
                .filter(event -> REASONS.contains(Event.detail(event, "reason")))
                .count();
        if (evaluated != RaceUsers.FEW_FAILURES
                || paused != SESSIONS - RaceUsers.FEW_FAILURES
                || events != evaluated
                || member.guesses() != refused(outcomes, RefusalMessage.WRONG)
                || member.replays() != refused(outcomes, RefusalMessage.USED)) {
            results.other("evaluated " + evaluated + ", paused " + paused + ", events " + events + ", stored "
                    + member.guesses() + " + " + member.replays());
        }
        // not even the right code, once there is a pause
        RequestOutcome right = lane(0).run(lane(0).prepare(member.codes().code(0), node(round + 1)));
        if (!right.refusedWith(RefusalMessage.PAUSED)) {
            results.other("in the pause: " + right);
        }
    }

    @ParameterizedTest
    @MethodSource("originsOfHeldRows")
    void whoWaitsTooLongForTheRowIsToldToTryAgain(UserOrigin origin) throws Exception {
        RaceUsers users = people(origin);
        RaceUser member = users.member(3, true);
        RealmAdmin admin = users.realm().admin();
        String row = admin.path("/" + RowLockResourceFactory.ID + "/" + member.credential());
        RaceClient lane = lane(0);
        lane.at(users.codePage(lane.http(), first(), member));
        // PostgreSQL bounds each of the locks that the second one waits for
        RaceClient other = lane(1);
        other.at(users.codePage(other.http(), node(1), member));
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
