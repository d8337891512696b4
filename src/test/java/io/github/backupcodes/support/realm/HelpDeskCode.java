package io.github.backupcodes.support.realm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.server.TestProviders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** The temporary code that the help desk issues. Ending one early needs the jar of {@link TestProviders}. */
public final class HelpDeskCode {

    /** The type of the credential. */
    public static final String CREDENTIAL = "backup-codes-temporary";

    private HelpDeskCode() {}

    /** Makes the role that issuing takes, and what else a set-up finds missing. */
    public static void prepare(TestRealm realm) {
        realm.admin().postForAnswer("/backup-codes/setup", Map.of("lostPage", false));
    }

    /** Issues one for an hour. */
    public static String issue(TestRealm realm, TestUser user) {
        HttpResponse<String> answer =
                send(realm.admin().client(), realm, user.id(), Map.of("reason", "The phone is lost"));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("no temporary code: " + answer.statusCode() + " " + answer.body());
        }
        return Json.read(answer.body()).path("code").asText();
    }

    /** Asks for one. */
    public static HttpResponse<String> send(AdminClient client, TestRealm realm, String user, Object body) {
        HttpResponse<String> answer =
                client.send("POST", realm.admin().path("/backup-codes/users/" + user + "/temporary-code"), body);
        if (answer.statusCode() == 200) {
            IssuedCodes.add(List.of(Json.read(answer.body()).path("code").asText()));
        }
        return answer;
    }

    /** Ends the life of the user's one. */
    public static void end(TestRealm realm, TestUser user) {
        JsonNode credential = user.admin().credentials(CREDENTIAL).get(0);
        realm.admin()
                .put(
                        "/" + RowLockResourceFactory.ID + "/"
                                + credential.path("id").asText() + "/end",
                        Map.of());
        // any change of the user takes the user out of the cache
        user.admin().update(Map.of("firstName", "Somebody"));
    }
}
