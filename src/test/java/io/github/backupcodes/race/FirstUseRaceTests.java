package io.github.backupcodes.race;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Races for rows that are not there yet, and so cannot be locked: a first set, the first traces of attempts at recovery codes.
 * What a transaction sees of rows that others make meanwhile depends on the database.
 */
abstract class FirstUseRaceTests extends CodeRaceTests {

    private static final int FIRST_SETS = 5;

    private static final String SAVE = "form:has([name=codesSaved])";

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void ofFirstSetsSavedAtOnceOneIsLeft(UserOrigin kind) {
        RoundResults tally = new RoundResults(ground() + ": " + FIRST_SETS + " first sets of one user, " + kind);
        RaceUsers people = people(kind);
        for (int round = rounds(4); round > 0; round--) {
            firstSets(tally, people, people.member());
            forgetSignIns();
        }
        noFaults(tally);
    }

    private void firstSets(RoundResults tally, RaceUsers people, RaceUser member) {
        List<String> firstCodes = new ArrayList<>();
        List<Callable<RequestOutcome>> runners = new ArrayList<>();
        for (int number = 0; number < FIRST_SETS; number++) {
            RaceClient lane = lane(number);
            firstCodes.add(toNewCodes(people, member, number).get(0));
            HttpRequest save = lane.client().prepare(SAVE, Map.of("codesSaved", "on"));
            runners.add(() -> lane.run(save));
        }
        List<RequestOutcome> outcomes = race().run(runners);
        tally.round(outcomes);
        List<JsonNode> sets = member.admin().credentials(BackupCodesNames.CREDENTIAL);
        if (sets.size() != 1) {
            tally.other(sets.size() + " sets");
        }
        forgetSignIns();
        RaceClient lane = lane(0);
        int good = 0;
        for (String code : firstCodes) {
            if (!lane.isAtCodePage()) {
                lane.at(people.codePage(lane.http(), node(good), member));
            }
            good += lane.run(lane.prepare(code, node(good))).granted() ? 1 : 0;
        }
        if (good != 1) {
            tally.other("codes of " + good + " sets open");
        }
    }

    /** A sign-in that has come to the page that shows new codes. */
    List<String> toNewCodes(RaceUsers people, RaceUser member, int number) {
        RaceClient lane = lane(number);
        lane.at(people.secondFactor(lane.http(), node(number), member, Map.of("kc_action", BackupCodesNames.ACTION)));
        lane.client().otp(member.totp().now());
        return lane.client().page().backupCodes();
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void firstGuessesAtRecoveryCodesDoNotPassTheLimit(UserOrigin kind) {
        RoundResults tally =
                new RoundResults(ground() + ": 8 wrong recovery codes, the first, limit " + RaceUsers.FEW_FAILURES + ", " + kind);
        RaceUsers people = people(kind);
        noFaults(people.withLimit(RaceUsers.FEW_FAILURES, () -> {
            for (int round = rounds(4); round > 0; round--) {
                guessingRecoveryCodes(tally, people, round);
                forgetSignIns();
            }
            return tally;
        }));
    }

    private void guessingRecoveryCodes(RoundResults tally, RaceUsers people, int round) {
        RaceUser member = people.member(TestRecoveryCodes.now());
        List<RequestOutcome> outcomes = run(people, member, round, lane -> TestRecoveryCodes.wrong());
        tally.round(outcomes);
        long evaluated = refused(outcomes, RefusalMessage.WRONG);
        long paused = refused(outcomes, RefusalMessage.PAUSED);
        if (evaluated != RaceUsers.FEW_FAILURES || paused != SESSIONS - RaceUsers.FEW_FAILURES) {
            tally.other("evaluated " + evaluated + ", paused " + paused);
        }
    }

    /** Attempts lock the recovery codes and make the first traces of them; who saves a first set locks the user, then these. */
    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void aFirstSetIsSavedWhileRecoveryCodesAreTyped(UserOrigin kind) {
        RoundResults tally = new RoundResults(ground() + ": a first set while 7 recovery codes are used, " + kind);
        RaceUsers people = people(kind);
        for (int round = rounds(6); round > 0; round--) {
            TestRecoveryCodes codes = TestRecoveryCodes.now();
            firstSetBesideRecoveryCodes(tally, people, people.member(codes), codes, round);
            forgetSignIns();
        }
        noFaults(tally);
    }

    private void firstSetBesideRecoveryCodes(
            RoundResults tally, RaceUsers people, RaceUser member, TestRecoveryCodes codes, int round) {
        toNewCodes(people, member, 0);
        HttpRequest save = lane(0).client().prepare(SAVE, Map.of("codesSaved", "on"));
        List<Callable<RequestOutcome>> runners = new ArrayList<>();
        for (int number = 1; number < SESSIONS; number++) {
            RaceClient lane = lane(number);
            lane.at(people.codePage(lane.http(), node(number), member));
            HttpRequest request = lane.prepare(codes.code(number), node(number / 2 + round));
            runners.add(() -> lane.run(request));
        }
        runners.add(round % SESSIONS, () -> lane(0).run(save));
        List<RequestOutcome> outcomes = race().run(runners);
        tally.round(outcomes);
        if (!outcomes.get(round % SESSIONS).granted()) {
            tally.other("not saved: " + outcomes.get(round % SESSIONS));
        }
        if (member.admin().credentials(BackupCodesNames.CREDENTIAL).size() != 1) {
            tally.other("not one set");
        }
        if (!member.admin().credentials(TestRecoveryCodes.CREDENTIAL).isEmpty()) {
            tally.other("recovery codes are left beside the set");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void ofEightWithOneTemporaryCodeOneGetsIn(UserOrigin kind) {
        RoundResults tally = new RoundResults(ground() + ": 8 sessions, same temporary code, " + kind);
        RaceUsers people = people(kind);
        HelpDeskCode.prepare(people.realm());
        RaceUser member = people.member(2, true);
        for (int round = rounds(4); round > 0; round--) {
            HttpResponse<String> issued = HelpDeskCode.send(
                    people.realm().admin().client(),
                    people.realm(),
                    member.admin().id(),
                    Map.of("reason", "The phone is lost"));
            String code = Json.read(issued.body()).path("code").asText();
            List<RequestOutcome> outcomes = run(people, member, round, lane -> code);
            tally.round(outcomes);
            long granted = outcomes.stream().filter(RequestOutcome::granted).count();
            if (granted > 1) {
                tally.doubleUse(granted + " sessions with one temporary code");
            }
            long told = outcomes.stream()
                    .filter(outcome -> outcome.text().equals(Messages.of("backupCodeErrorTemporaryUsed")))
                    .count();
            if (granted != 1 || told != SESSIONS - 1) {
                tally.other("granted " + granted + ", told that it is used " + told + ": " + outcomes);
            }
            forgetSignIns();
        }
        IntStream.range(0, 2).filter(member.used()::contains).forEach(code -> tally.other("used: " + code));
        noFaults(tally);
    }

    /**
     * Keycloak reads a row, and writes the whole of it a moment later. What was used or counted in between has to stay so: first
     * codes are used, then wrong ones are typed, fewer than bring a pause.
     */
    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void nothingComesBackWhileLabelsAndOrderAreChanged(UserOrigin kind) {
        RoundResults tally = new RoundResults(ground() + ": 8 codes, then 4 wrong ones, while labels and order are changed, " + kind);
        RaceUsers people = people(kind);
        for (int round = rounds(4); round > 0; round--) {
            RaceUser member = people.member(2 * SESSIONS, true);
            try (CredentialRearranger rearranger = new CredentialRearranger(people, member, race())) {
                usedWhileRearranged(tally, people, member, round);
                forgetSignIns();
                countedWhileRearranged(tally, people, member, round);
                if (rearranger.end() < SESSIONS) {
                    tally.other("hardly a change");
                }
            }
            forgetSignIns();
        }
        noFaults(tally);
    }

    private void usedWhileRearranged(RoundResults tally, RaceUsers people, RaceUser member, int round) {
        List<RequestOutcome> outcomes =
                run(people, member, round, number -> member.codes().code(number));
        tally.round(outcomes);
        Set<Integer> used = member.used();
        for (int number = 0; number < SESSIONS; number++) {
            if (!outcomes.get(number).granted()) {
                onlyBusy(tally, outcomes.get(number));
            } else if (!used.contains(number)) {
                tally.lostUpdate("code " + number + " came back");
            }
        }
    }

    /** Keycloak locks several rows in an order of its own: a deadlock uses nothing up. */
    private static void onlyBusy(RoundResults tally, RequestOutcome outcome) {
        if (!outcome.refusedWith(RefusalMessage.BUSY)) {
            tally.other("refused: " + outcome);
        }
    }

    private void countedWhileRearranged(RoundResults tally, RaceUsers people, RaceUser member, int round) {
        RaceClient lane = lane(0);
        lane.at(people.codePage(lane.http(), node(round), member));
        List<RequestOutcome> outcomes = IntStream.range(0, RaceUsers.MAX_FAILURES - 1)
                .mapToObj(number -> lane.run(lane.prepare(member.codes().wrong(number), node(round + number))))
                .toList();
        tally.round(outcomes);
        if (refused(outcomes, RefusalMessage.WRONG) != outcomes.size() || member.guesses() != outcomes.size()) {
            tally.lostUpdate(member.guesses() + " wrong codes counted of " + outcomes);
        }
    }

    /** Keycloak's own list may come back to what it was: what is remembered beside it may not. */
    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void noRecoveryCodeComesBackWhileLabelsAndOrderAreChanged(UserOrigin kind) {
        RoundResults tally = new RoundResults(ground() + ": 8 recovery codes, while labels and order are changed, " + kind);
        RaceUsers people = people(kind);
        for (int round = rounds(2); round > 0; round--) {
            TestRecoveryCodes codes = TestRecoveryCodes.now();
            RaceUser member = people.member(codes);
            List<RequestOutcome> outcomes;
            try (CredentialRearranger rearranger = new CredentialRearranger(people, member, race())) {
                outcomes = run(people, member, round, codes::code);
                rearranger.end();
            }
            tally.round(outcomes);
            forgetSignIns();
            RaceClient lane = lane(0);
            for (int number = 0; number < SESSIONS; number++) {
                if (!lane.isAtCodePage()) {
                    lane.at(people.codePage(lane.http(), node(number), member));
                }
                RequestOutcome again = lane.run(lane.prepare(codes.code(number), node(number)));
                if (!outcomes.get(number).granted()) {
                    onlyBusy(tally, outcomes.get(number));
                } else if (again.granted()) {
                    tally.doubleUse("recovery code " + number + " came back");
                } else if (!again.refusedWith(RefusalMessage.USED)) {
                    tally.other("tried again: " + again);
                }
            }
            forgetSignIns();
        }
        noFaults(tally);
    }
}
