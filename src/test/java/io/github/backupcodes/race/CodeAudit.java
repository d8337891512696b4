package io.github.backupcodes.race;

import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.server.KeycloakServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether every code of a load has come to a good end: granted to no one or to one; a granted one stored as used; another one
 * stored as used, or still good for one. Decided by the rows, then by trying each code once more.
 */
final class CodeAudit {

    private final RaceUsers users;
    private final List<KeycloakServer> nodes;
    private final Postgres postgres;
    private final String database;
    private final List<String> faults = new ArrayList<>();
    private int granted;
    private int twice;
    private int notStored;
    private int onRecord;
    private int stillGood;

    CodeAudit(RaceUsers users, List<KeycloakServer> nodes, Postgres postgres, String database) {
        this.users = users;
        this.nodes = nodes;
        this.postgres = postgres;
        this.database = database;
    }

    /** To be called once the service has recovered and no one signs in any more. */
    void check(List<CodeOutcome> fates) {
        Map<RaceUser, Set<Integer>> stored = new HashMap<>();
        for (CodeOutcome codeOutcome : fates) {
            classify(
                    codeOutcome,
                    stored.computeIfAbsent(codeOutcome.member(), this::used).contains(codeOutcome.number()));
        }
        replay(fates);
    }

    private void classify(CodeOutcome codeOutcome, boolean used) {
        long grants = codeOutcome.grants();
        if (grants > 0) {
            granted++;
        }
        if (grants > 1) {
            twice++;
            faults.add("granted " + grants + " times: " + codeOutcome);
        }
        if (grants > 0 && !used) {
            notStored++;
            faults.add("granted, but not stored as used: " + codeOutcome);
        }
        if (grants == 0 && used) {
            onRecord++;
        }
        if (grants == 0 && !used && codeOutcome.saidToBeUsed()) {
            faults.add("said to be used, but is not: " + codeOutcome);
        }
        codeOutcome.outcomes().stream()
                .filter(outcome -> outcome.kind() == RequestOutcome.Kind.REFUSED
                        && !outcome.refusedWith(RefusalMessage.USED)
                        && !outcome.refusedWith(RefusalMessage.BUSY))
                .forEach(outcome -> faults.add("told otherwise: " + codeOutcome));
    }

    /** No used code comes back, at either node; the others open. */
    private void replay(List<CodeOutcome> fates) {
        Map<RaceUser, RaceClient> lanes = new HashMap<>();
        for (int turn = 0; turn < fates.size(); turn++) {
            CodeOutcome codeOutcome = fates.get(turn);
            KeycloakServer node = nodes.get(turn % nodes.size());
            RaceClient client = lanes.computeIfAbsent(codeOutcome.member(), user -> new RaceClient());
            if (!client.isAtCodePage()) {
                client.at(users.codePage(client.http(), node, codeOutcome.member()));
            }
            boolean before = used(codeOutcome.member()).contains(codeOutcome.number());
            RequestOutcome outcome = client.run(client.prepare(codeOutcome.code(), node));
            if (before && !outcome.refusedWith(RefusalMessage.USED)) {
                twice += outcome.granted() ? 1 : 0;
                faults.add("used, and tried again: " + outcome + " " + codeOutcome);
            }
            if (!before) {
                stillGood++;
                if (!outcome.granted() || !used(codeOutcome.member()).contains(codeOutcome.number())) {
                    faults.add("not used, and tried again: " + outcome + " " + codeOutcome);
                }
            }
        }
    }

    private Set<Integer> used(RaceUser user) {
        try (Connection connection = postgres.connect(database);
                PreparedStatement query = connection.prepareStatement(
                        "select credential_data from credential where user_id = ? and type = 'backup-codes'")) {
            query.setString(1, user.admin().id());
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("no set of " + user.username());
                }
                return RaceUser.used(Json.read(rows.getString(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int granted() {
        return granted;
    }

    int twice() {
        return twice;
    }

    int notStored() {
        return notStored;
    }

    /** Used up by someone who was not let in: the answer was lost. */
    int onRecord() {
        return onRecord;
    }

    /** Not used, and good for a sign-in afterwards. */
    int stillGood() {
        return stillGood;
    }

    /** All that must not be. */
    List<String> faults() {
        return List.copyOf(faults);
    }
}
