package io.github.backupcodes.race;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.realm.AdminClient;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.RealmAdmin;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Administrators who give the credentials of a user other labels and another order, again and again, by Keycloak's own REST. */
final class CredentialRearranger implements AutoCloseable {

    private static final int ADMINISTRATORS = 3;

    private final RealmAdmin admin;
    private final RaceUser user;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger changes = new AtomicInteger();
    private final List<Future<Integer>> administrators;

    CredentialRearranger(RaceUsers users, RaceUser user, ParallelRequests race) {
        this.admin = users.realm().admin();
        this.user = user;
        this.administrators = IntStream.range(0, ADMINISTRATORS)
                .mapToObj(number -> race.start(() -> rearrange(number)))
                .toList();
    }

    private int rearrange(int number) {
        AdminClient client = admin.client();
        for (int turn = number; !ended.get(); turn += ADMINISTRATORS) {
            for (JsonNode credential : user.admin().credentials()) {
                String path = admin.path("/users/" + user.admin().id() + "/credentials/"
                        + credential.path("id").asText());
                boolean ours = credential.path("type").asText().startsWith(BackupCodesNames.CREDENTIAL);
                int status = ours && turn % 2 == 0
                        ? client.sendText("PUT", path + "/userLabel", "label " + turn)
                                .statusCode()
                        : client.send("POST", path + "/moveToFirst", null).statusCode();
                // a request that comes too late is refused, as always by Keycloak's REST
                changes.addAndGet(status == 204 ? 1 : 0);
            }
        }
        return changes.get();
    }

    /** Ends it, and tells how many changes got through. */
    int end() {
        close();
        Unchecked.await(administrators);
        return changes.get();
    }

    @Override
    public void close() {
        ended.set(true);
    }
}
