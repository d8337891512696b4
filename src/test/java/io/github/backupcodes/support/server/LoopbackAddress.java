package io.github.backupcodes.support.server;

/** What the tests have on loopback of this machine for servers to call: a database, a mail server, a directory. */
public final class LoopbackAddress {

    private LoopbackAddress() {}

    /** Called before such a service is started. */
    public static void mustBeReached(String service) {
        ServerRuntime.chosen().mustReach(service);
    }
}
