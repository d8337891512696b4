package io.github.backupcodes.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.race.server.CrowdResourceFactory;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A realm full of users with a second factor, a fifth of them in each state: usable, low, expired, used up, without.
 */
record CoverageLoad(TestRealm realm, int users) {

    /** Makes the users. */
    static CoverageLoad of(TestRealm realm, int users) {
        List<Map<String, String>> inTurn = new ArrayList<>();
        inTurn.add(text(Totp.random().credential()));
        inTurn.add(text(TestCodeSet.of(10).credential()));
        inTurn.add(text(TestCodeSet.of(4).used(0).credential()));
        inTurn.add(text(TestCodeSet.of(10).expiringAt(Instant.now()).credential()));
        inTurn.add(text(TestCodeSet.of(1).used(0).credential()));
        inTurn.add(Map.of());
        realm.admin().post("/" + CrowdResourceFactory.ID + "?count=" + users, inTurn);
        return new CoverageLoad(realm, users);
    }

    private static Map<String, String> text(Map<String, Object> credential) {
        Map<String, String> text = new HashMap<>();
        List.of("type", "credentialData", "secretData")
                .forEach(key -> text.put(key, String.valueOf(credential.get(key))));
        return text;
    }

    /** Asks for the coverage, and makes sure of what comes. */
    Duration ask(int first, int max) {
        Instant start = Instant.now();
        JsonNode coverage = realm.admin().get("/backup-codes/coverage?first=%d&max=%d".formatted(first, max));
        Duration time = Duration.between(start, Instant.now());
        int fifth = users / 5;
        assertThat(coverage.path("usersWithSecondFactor").asInt()).isEqualTo(users);
        for (String state : List.of("usable", "low", "expired")) {
            assertThat(coverage.path(state).asInt()).as(state).isEqualTo(fifth);
        }
        assertThat(coverage.path("none").asInt()).isEqualTo(2 * fifth);
        assertThat(coverage.path("users")).hasSize(Math.max(0, Math.min(max, 3 * fifth - first)));
        return time;
    }
}
