package io.github.backupcodes.race;

import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.server.KeycloakServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What came of wrong codes for one user, sent as fast as it goes, over a few connections to all nodes.
 *
 * @param evaluated those that were looked up, by what their senders were told
 */
record WrongCodeFloodResult(
        int evaluated, int paused, int disabled, List<String> other, int stored, int events, Duration took) {

    /** How many are sent. */
    static final int GUESSES = 500;

    static final RaceTable TABLE = new RaceTable(
            "guesses.md",
            "Incorrect codes from 8 connections on two nodes",
            "Sent",
            "Evaluated",
            "Events",
            "Stored",
            "Refused during the pause",
            "Refused as disabled",
            "Other",
            "Seconds",
            "Requests/s");

    static WrongCodeFloodResult of(RaceUsers users, RaceUser user, List<KeycloakServer> nodes, List<RaceClient> lanes) {
        List<String> guesses =
                Stream.generate(TestCodeSet::wrong).limit(GUESSES).toList();
        ConcurrentLinkedQueue<RequestOutcome> outcomes = new ConcurrentLinkedQueue<>();
        AtomicInteger next = new AtomicInteger();
        List<Callable<RequestOutcome>> runners = new ArrayList<>();
        for (int number = 0; number < lanes.size(); number++) {
            RaceClient client = lanes.get(number);
            client.at(users.codePage(client.http(), nodes.get(number % nodes.size()), user));
            runners.add(() -> {
                RequestOutcome last = null;
                for (int guess = next.getAndIncrement(); guess < GUESSES; guess = next.getAndIncrement()) {
                    last = client.run(client.prepare(guesses.get(guess), nodes.get(guess % nodes.size())));
                    outcomes.add(last);
                }
                return last == null
                        ? new RequestOutcome(RequestOutcome.Kind.ERROR, "came too late", Duration.ZERO)
                        : last;
            });
        }
        long start = System.nanoTime();
        try (ParallelRequests race = new ParallelRequests()) {
            race.run(runners);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        int events = (int) users.realm().admin().events("LOGIN_ERROR").stream()
                .filter(event ->
                        event.path("userId").asText().equals(user.admin().id()))
                .filter(event -> Event.detail(event, "reason").equals("wrong_backup_code"))
                .count();
        return new WrongCodeFloodResult(
                count(outcomes, RefusalMessage.WRONG),
                count(outcomes, RefusalMessage.PAUSED),
                count(outcomes, RefusalMessage.DISABLED),
                outcomes.stream()
                        .filter(outcome -> Stream.of(
                                        RefusalMessage.WRONG, RefusalMessage.PAUSED, RefusalMessage.DISABLED)
                                .noneMatch(outcome::refusedWith))
                        .map(RequestOutcome::toString)
                        .toList(),
                user.guesses(),
                events,
                took);
    }

    private static int count(ConcurrentLinkedQueue<RequestOutcome> outcomes, RefusalMessage refusal) {
        return (int) outcomes.stream()
                .filter(outcome -> outcome.refusedWith(refusal))
                .count();
    }

    List<Object> line(int maxFailures) {
        double seconds = took.toMillis() / 1000.0;
        return List.of(
                "max-failures " + maxFailures,
                GUESSES,
                evaluated,
                events,
                stored,
                paused,
                disabled,
                other.size(),
                Math.round(seconds * 10) / 10.0,
                Math.round(GUESSES / seconds));
    }
}
