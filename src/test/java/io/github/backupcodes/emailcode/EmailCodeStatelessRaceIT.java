package io.github.backupcodes.emailcode;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.TestProviders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** With challenges, tries and limits in the database, in the transaction of each request, and no user in a cache. */
@Tag("databases")
class EmailCodeStatelessRaceIT extends EmailCodeRaceTests {

    private @Nullable Cluster nodes;

    @Override
    Cluster cluster() {
        BuildFiles.onKeycloakSince("26.7", "the single-use objects are in Infinispan");
        Cluster started = Cluster.named("stateless")
                .providers(TestProviders.jar())
                .options("--features=stateless")
                .start();
        nodes = started;
        return started;
    }

    @AfterAll
    void stopNodes() {
        if (nodes != null) {
            nodes.close();
        }
    }
}
