package io.github.backupcodes.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server on loopback that breaks the rules of HTTP: reads a request, and then resets the connection or answers garbage. */
public final class BrokenSmsGateway implements AutoCloseable {

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private final @Nullable String garbage;

    private BrokenSmsGateway(@Nullable String garbage) {
        this.garbage = garbage;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::run, "broken-sms-gateway");
        thread.setDaemon(true);
        thread.start();
    }

    /** Resets each connection once the request has come. */
    public static BrokenSmsGateway reset() {
        return new BrokenSmsGateway(null);
    }

    /** Answers with something that is not HTTP. */
    public static BrokenSmsGateway garbage(String garbage) {
        return new BrokenSmsGateway(garbage);
    }

    private void run() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                connections.incrementAndGet();
                readHead(socket.getInputStream());
                if (garbage == null) {
                    socket.setSoLinger(true, 0);
                } else {
                    socket.getOutputStream().write(garbage.getBytes(StandardCharsets.UTF_8));
                    socket.getOutputStream().flush();
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            } catch (IOException clientHasGone) {
                // or the server was closed, which ends the loop
            }
        }
    }

    private static void readHead(InputStream request) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = request.read();
            if (next < 0) {
                return;
            }
            head.append((char) next);
        }
    }

    /** How often it was connected to. */
    public int connections() {
        return connections.get();
    }

    /** Its URL. */
    public String url() {
        return "http://localhost:" + server.getLocalPort() + "/send";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
