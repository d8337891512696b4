package io.github.backupcodes.support.realm;

import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.server.TestProviders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** The row of a user's backup codes, held for a while as something slow would. Needs the jar of {@link TestProviders}. */
public final class HeldRow {

    private HeldRow() {}

    /** Holds the row; returns once it is held. */
    public static CompletableFuture<HttpResponse<String>> of(RealmAdmin admin, TestUser user, Duration time) {
        return of(admin, user, BackupCodesNames.CREDENTIAL, time);
    }

    /** Holds the row of the user's one credential of a type; returns once it is held. */
    public static CompletableFuture<HttpResponse<String>> of(
            RealmAdmin admin, TestUser user, String type, Duration time) {
        String credential = user.admin().credentialId(type);
        String row = admin.path("/" + RowLockResourceFactory.ID + "/" + credential);
        CompletableFuture<HttpResponse<String>> holder = CompletableFuture.supplyAsync(
                () -> admin.client().send("POST", row + "?milliseconds=" + time.toMillis(), null));
        Awaitility.await("row held")
                .atMost(Duration.ofSeconds(20))
                .until(() -> admin.client().get(row).asBoolean());
        return holder;
    }
}
