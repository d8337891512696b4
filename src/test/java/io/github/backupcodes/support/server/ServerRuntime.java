package io.github.backupcodes.support.server;

import io.github.backupcodes.support.BuildProperty;
import java.io.IOException;

/** What runs servers. Tests do not know which one it is. */
public interface ServerRuntime {

    /**
     * The one that the build asks for with {@code -Dkeycloak.runtime}.
     *
     * @return the same one always
     */
    static ServerRuntime chosen() {
        return BuildProperty.RUNTIME;
    }

    /**
     * Ends what an earlier run that was killed has left of a server; it would hold the data.
     *
     * @param home of the server
     */
    void endLeftOver(ServerHome home) throws IOException;

    /**
     * Launches a server, whose home is filled.
     *
     * @param spec what is wanted
     * @return on its way up
     * @throws org.opentest4j.TestAbortedException with the reason, when that cannot be had in this runtime
     */
    ServerProcess launch(ServerSpec spec) throws IOException;

    /**
     * What servers call, a database, a mail server, is on loopback of this machine.
     *
     * @param service its name
     * @throws org.opentest4j.TestAbortedException when servers have a loopback of their own
     */
    void mustReach(String service);
}
