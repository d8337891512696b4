package io.github.backupcodes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on loopback. */
public final class Ports {

    private Ports() {}

    /**
     * A port that nobody listens on at this moment.
     *
     * @return the port
     */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The wished port, or another one when it is taken.
     *
     * @param wished the port to prefer
     * @return a port that nobody listens on at this moment
     */
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
