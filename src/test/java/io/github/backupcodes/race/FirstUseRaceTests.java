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
    void ofFirstSetsSavedAtOnceOneIsLeft(UserOrigin origin) {
        RoundResults results = new RoundResults(ground() + ": " + FIRST_SETS + " first sets of one user, " + origin);
        RaceUsers users = people(origin);
        for (int round = rounds(4); round > 0; round--) {
            firstSets(results, users, users.member());
            forgetSignIns();
        }
        noFaults(results);
    }

    private void firstSets(RoundResults results, RaceUsers users, RaceUser user) {
        List<String> firstCodes = new ArrayList<>();
        List<Callable<RequestOutcome>> runners = new ArrayList<>();
        for (int number = 0; number < FIRST_SETS; number++) {
            RaceClient client = lane(number);
            firstCodes.add(toNewCodes(users, user, number).get(0));
            HttpRequest save = client.client().prepare(SAVE, Map.of("codesSaved", "on"));
            runners.add(() -> client.run(save));
        }
        List<RequestOutcome> outcomes = race().run(runners);
        results.round(outcomes);
        List<JsonNode> sets = user.admin().credentials(BackupCodesNames.CREDENTIAL);
        if (sets.size() != 1) {
            results.other(sets.size() + " sets");
        }
        forgetSignIns();
        RaceClient client = lane(0);
        int good = 0;
        for (String code : firstCodes) {
            if (!client.isAtCodePage()) {
                client.at(users.codePage(client.http(), node(good), user));
            }
            good += client.run(client.prepare(code, node(good))).granted() ? 1 : 0;
        }
        if (good != 1) {
            results.other("codes of " + good + " sets open");
        }
    }

    /** A sign-in that has come to the page that shows new codes. */
    List<String> toNewCodes(RaceUsers users, RaceUser user, int number) {
        RaceClient client = lane(number);
        client.at(users.secondFactor(client.http(), node(number), user, Map.of("kc_action", BackupCodesNames.ACTION)));
        client.client().otp(user.totp().now());
        return client.client().page().backupCodes();
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void firstGuessesAtRecoveryCodesDoNotPassTheLimit(UserOrigin origin) {
        RoundResults results = new RoundResults(
                ground() + ": 8 wrong recovery codes, the first, limit " + RaceUsers.FEW_FAILURES + ", " + origin);
        RaceUsers users = people(origin);
        noFaults(users.withLimit(RaceUsers.FEW_FAILURES, () -> {
            for (int round = rounds(4); round > 0; round--) {
                guessingRecoveryCodes(results, users, round);
                forgetSignIns();
            }
            return results;
        }));
    }

    private void guessingRecoveryCodes(RoundResults results, RaceUsers users, int round) {
        RaceUser user = users.member(TestRecoveryCodes.now());
        List<RequestOutcome> outcomes = run(users, user, round, client -> TestRecoveryCodes.wrong());
        results.round(outcomes);
        long evaluated = refused(outcomes, RefusalMessage.WRONG);
        long paused = refused(outcomes, RefusalMessage.PAUSED);
        if (evaluated != RaceUsers.FEW_FAILURES || paused != SESSIONS - RaceUsers.FEW_FAILURES) {
            results.other("evaluated " + evaluated + ", paused " + paused);
        }
    }

    /** Attempts lock the recovery codes and make the first traces of them; who saves a first set locks the user, then these. */
    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void aFirstSetIsSavedWhileRecoveryCodesAreTyped(UserOrigin origin) {
        RoundResults results = new RoundResults(ground() + ": a first set while 7 recovery codes are used, " + origin);
        RaceUsers users = people(origin);
        for (int round = rounds(6); round > 0; round--) {
            TestRecoveryCodes codes = TestRecoveryCodes.now();
            firstSetBesideRecoveryCodes(results, users, users.member(codes), codes, round);
            forgetSignIns();
        }
        noFaults(results);
    }

    private void firstSetBesideRecoveryCodes(
            RoundResults results, RaceUsers users, RaceUser user, TestRecoveryCodes codes, int round) {
        toNewCodes(users, user, 0);
        HttpRequest save = lane(0).client().prepare(SAVE, Map.of("codesSaved", "on"));
        List<Callable<RequestOutcome>> runners = new ArrayList<>();
        for (int number = 1; number < SESSIONS; number++) {
            RaceClient client = lane(number);
            client.at(users.codePage(client.http(), node(number), user));
            HttpRequest request = client.prepare(codes.code(number), node(number / 2 + round));
            runners.add(() -> client.run(request));
        }
        runners.add(round % SESSIONS, () -> lane(0).run(save));
        List<RequestOutcome> outcomes = race().run(runners);
        results.round(outcomes);
        if (!outcomes.get(round % SESSIONS).granted()) {
            results.other("not saved: " + outcomes.get(round % SESSIONS));
        }
        if (user.admin().credentials(BackupCodesNames.CREDENTIAL).size() != 1) {
            results.other("not one set");
        }
        if (!user.admin().credentials(TestRecoveryCodes.CREDENTIAL).isEmpty()) {
            results.other("recovery codes are left beside the set");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void ofEightWithOneTemporaryCodeOneGetsIn(UserOrigin origin) {
        RoundResults results = new RoundResults(ground() + ": 8 sessions, same temporary code, " + origin);
        RaceUsers users = people(origin);
        HelpDeskCode.prepare(users.realm());
        RaceUser user = users.member(2, true);
        for (int round = rounds(4); round > 0; round--) {
            HttpResponse<String> issued = HelpDeskCode.send(
                    users.realm().admin().client(),
                    users.realm(),
                    user.admin().id(),
                    Map.of("reason", "The phone is lost"));
            String code = Json.read(issued.body()).path("code").asText();
            List<RequestOutcome> outcomes = run(users, user, round, client -> code);
            results.round(outcomes);
            long granted = outcomes.stream().filter(RequestOutcome::granted).count();
            if (granted > 1) {
                results.doubleUse(granted + " sessions with one temporary code");
            }
            long told = outcomes.stream()
                    .filter(outcome -> outcome.text().equals(Messages.of("backupCodeErrorTemporaryUsed")))
                    .count();
            if (granted != 1 || told != SESSIONS - 1) {
                results.other("granted " + granted + ", told that it is used " + told + ": " + outcomes);
            }
            forgetSignIns();
        }
        IntStream.range(0, 2).filter(user.used()::contains).forEach(code -> results.other("used: " + code));
        noFaults(results);
    }

    /**
     * Keycloak reads a row, and writes the whole of it a moment later. What was used or counted in between has to stay so: first
     * codes are used, then wrong ones are typed, fewer than bring a pause.
     */
    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void nothingComesBackWhileLabelsAndOrderAreChanged(UserOrigin origin) {
        RoundResults results = new RoundResults(
                ground() + ": 8 codes, then 4 wrong ones, while labels and order are changed, " + origin);
        RaceUsers users = people(origin);
        for (int round = rounds(4); round > 0; round--) {
            RaceUser user = users.member(2 * SESSIONS, true);
            try (CredentialRearranger rearranger = new CredentialRearranger(users, user, race())) {
                usedWhileRearranged(results, users, user, round);
                forgetSignIns();
                countedWhileRearranged(results, users, user, round);
                if (rearranger.end() < SESSIONS) {
                    results.other("hardly a change");
                }
            }
            forgetSignIns();
        }
        noFaults(results);
    }

    private void usedWhileRearranged(RoundResults results, RaceUsers users, RaceUser user, int round) {
        List<RequestOutcome> outcomes =
                run(users, user, round, number -> user.codes().code(number));
        results.round(outcomes);
        Set<Integer> used = user.used();
        for (int number = 0; number < SESSIONS; number++) {
            if (!outcomes.get(number).granted()) {
                onlyBusy(results, outcomes.get(number));
            } else if (!used.contains(number)) {
                results.lostUpdate("code " + number + " came back");
            }
        }
    }

    /** Keycloak locks several rows in an order of its own: a deadlock uses nothing up. */
    private static void onlyBusy(RoundResults results, RequestOutcome outcome) {
        if (!outcome.refusedWith(RefusalMessage.BUSY)) {
            results.other("refused: " + outcome);
        }
    }

    private void countedWhileRearranged(RoundResults results, RaceUsers users, RaceUser user, int round) {
        RaceClient client = lane(0);
        client.at(users.codePage(client.http(), node(round), user));
        List<RequestOutcome> outcomes = IntStream.range(0, SESSIONS)
                .mapToObj(number -> client.run(client.prepare(user.codes().wrongCode(), node(round + number))))
                .toList();
        results.round(outcomes);
        if (refused(outcomes, RefusalMessage.WRONG) != outcomes.size() || user.guesses() != outcomes.size()) {
            results.lostUpdate(user.guesses() + " wrong codes counted of " + outcomes);
        }
    }

    /** Keycloak's own list may come back to what it was: what is remembered beside it may not. */
    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "READ_ONLY"})
    void noRecoveryCodeComesBackWhileLabelsAndOrderAreChanged(UserOrigin origin) {
        RoundResults results =
                new RoundResults(ground() + ": 8 recovery codes, while labels and order are changed, " + origin);
        RaceUsers users = people(origin);
        for (int round = rounds(2); round > 0; round--) {
            TestRecoveryCodes codes = TestRecoveryCodes.now();
            RaceUser user = users.member(codes);
            List<RequestOutcome> outcomes;
            try (CredentialRearranger rearranger = new CredentialRearranger(users, user, race())) {
                outcomes = run(users, user, round, codes::code);
                rearranger.end();
            }
            results.round(outcomes);
            forgetSignIns();
            RaceClient client = lane(0);
            for (int number = 0; number < SESSIONS; number++) {
                if (!client.isAtCodePage()) {
                    client.at(users.codePage(client.http(), node(number), user));
                }
                RequestOutcome again = client.run(client.prepare(codes.code(number), node(number)));
                if (!outcomes.get(number).granted()) {
                    onlyBusy(results, outcomes.get(number));
                } else if (again.granted()) {
                    results.doubleUse("recovery code " + number + " came back");
                } else if (!again.refusedWith(RefusalMessage.USED)) {
                    results.other("tried again: " + again);
                }
            }
            forgetSignIns();
        }
        noFaults(results);
    }
}
