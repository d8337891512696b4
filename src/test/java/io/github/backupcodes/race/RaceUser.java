package io.github.backupcodes.race;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.Totp;
import io.github.backupcodes.support.realm.UserAdmin;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A user with an authenticator app and a set of codes. */
record RaceUser(String username, String password, Totp totp, TestCodeSet codes, UserAdmin admin) {

    /** The positions of the codes that are stored as used. */
    Set<Integer> used() {
        return used(stored().path("credentialData").asText());
    }

    /** The same, from the public data of a set. */
    static Set<Integer> used(String credentialData) {
        Set<Integer> positions = new TreeSet<>();
        Json.read(credentialData)
                .path("uses")
                .forEach(use -> positions.add(use.path("code").asInt()));
        return positions;
    }

    /** How many wrong codes in a row are stored. */
    int guesses() {
        return publicData().path("guesses").path("inARow").asInt();
    }

    /** How many replays are stored. */
    int replays() {
        return publicData().path("guesses").path("replays").asInt();
    }

    /** The id of the credential. */
    String credential() {
        return stored().path("id").asText();
    }

    private JsonNode publicData() {
        return Json.read(stored().path("credentialData").asText());
    }

    private JsonNode stored() {
        List<JsonNode> sets = admin.credentials(BackupCodesNames.CREDENTIAL);
        if (sets.size() != 1) {
            throw new IllegalStateException(username + " has " + sets.size() + " sets");
        }
        return sets.get(0);
    }
}
