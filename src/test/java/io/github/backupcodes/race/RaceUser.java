package io.github.backupcodes.race;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.Totp;
import io.github.backupcodes.support.realm.UserAdmin;
import java.util.Set;
import java.util.TreeSet;

/** A user with an authenticator app and a set of codes. */
record RaceUser(String username, String password, Totp totp, TestCodeSet codes, UserAdmin admin) {

    /** The positions of the codes that are stored as used. */
    Set<Integer> used() {
        return used(admin.backupCodes());
    }

    /** The same, from the public data of a set. */
    static Set<Integer> used(JsonNode publicData) {
        Set<Integer> positions = new TreeSet<>();
        publicData.path("uses").forEach(use -> positions.add(use.path("code").asInt()));
        return positions;
    }

    /** How many wrong codes in a row are stored. */
    int guesses() {
        return admin.backupCodes().path("guesses").path("inARow").asInt();
    }

    /** How many replays are stored. */
    int replays() {
        return admin.backupCodes().path("guesses").path("replays").asInt();
    }

    /** The id of the credential. */
    String credential() {
        return admin.codeSet().path("id").asText();
    }
}
