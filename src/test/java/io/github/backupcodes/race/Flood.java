package io.github.backupcodes.race;

import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.MadeCodes;
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
 * @param paused    those refused unseen for the pause
 * @param disabled  those refused unseen because the set was turned off
 * @param other     all other answers
 * @param stored    the count in the set afterwards
 * @param events    how many events tell of a wrong code
 * @param took      from the first to the last
 */
record Flood(int evaluated, int paused, int disabled, List<String> other, int stored, int events, Duration took) {

    /** How many are sent. */
    static final int GUESSES = 500;

    static final Table TABLE = new Table(
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

    static Flood of(People people, Member member, List<KeycloakServer> nodes, List<Lane> lanes) {
        List<String> guesses = Stream.generate(MadeCodes::wrong).limit(GUESSES).toList();
        ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
        AtomicInteger next = new AtomicInteger();
        List<Callable<Outcome>> runners = new ArrayList<>();
        for (int number = 0; number < lanes.size(); number++) {
            Lane lane = lanes.get(number);
            lane.at(people.codePage(lane.http(), nodes.get(number % nodes.size()), member));
            runners.add(() -> {
                Outcome last = null;
                for (int guess = next.getAndIncrement(); guess < GUESSES; guess = next.getAndIncrement()) {
                    last = lane.run(lane.prepare(guesses.get(guess), nodes.get(guess % nodes.size())));
                    outcomes.add(last);
                }
                return last == null ? new Outcome(Outcome.Kind.ERROR, "came too late", Duration.ZERO) : last;
            });
        }
        long start = System.nanoTime();
        try (Race race = new Race()) {
            race.run(runners);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        int events = (int) people.realm().admin().events("LOGIN_ERROR").stream()
                .filter(event ->
                        event.path("userId").asText().equals(member.admin().id()))
                .filter(event -> event.path("details").path("reason").asText().equals("wrong_backup_code"))
                .count();
        return new Flood(
                count(outcomes, Refusal.WRONG),
                count(outcomes, Refusal.PAUSED),
                count(outcomes, Refusal.DISABLED),
                outcomes.stream()
                        .filter(outcome -> Stream.of(Refusal.WRONG, Refusal.PAUSED, Refusal.DISABLED)
                                .noneMatch(outcome::refusedWith))
                        .map(Outcome::toString)
                        .toList(),
                member.guesses(),
                events,
                took);
    }

    private static int count(ConcurrentLinkedQueue<Outcome> outcomes, Refusal refusal) {
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
