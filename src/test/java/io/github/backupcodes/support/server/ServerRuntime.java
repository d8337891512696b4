package io.github.backupcodes.support.server;

import io.github.backupcodes.support.BuildProperty;
import java.io.IOException;

/** What runs servers. Tests do not know which one it is. */
public interface ServerRuntime {

    /** The one that the build asks for with {@code -Dkeycloak.runtime}. */
    static ServerRuntime chosen() {
        return BuildProperty.RUNTIME;
    }

    /** Ends what an earlier run that was killed has left of a server; it would hold the data. */
    void endLeftOver(ServerHome home) throws IOException;

    /** Launches a server, whose home is filled. */
    ServerProcess launch(ServerSpec spec) throws IOException;

    /** What servers call, a database, a mail server, is on loopback of this machine. */
    void mustReach(String service);
}
