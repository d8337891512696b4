package io.github.backupcodes.support.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on loopback. */
public final class FreePorts {

    private FreePorts() {}

    /** Below the range from which systems take the ports of outgoing connections: a server may be slow to bind its own. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    /** A port that no one listens on at this moment. */
    public static int free() {
        return ThreadLocalRandom.current()
                .ints(FIRST, LAST)
                .limit(LAST - FIRST)
                .filter(port -> isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port from " + FIRST + " to " + LAST));
    }

    /** The wished port, or another one when it is taken. */
    public static int freeOr(int wished) {
        // one that listens on every address is in the way as well
        return isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), wished))
                        && isFree(new InetSocketAddress(wished))
                ? wished
                : free();
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
