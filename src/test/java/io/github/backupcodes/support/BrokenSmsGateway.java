package io.github.backupcodes.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that breaks the rules of HTTP: reads a request, and then resets the connection, answers garbage, or answers with
 * a head that never ends.
 */
public final class BrokenSmsGateway implements AutoCloseable {

    private static final String SEPARATOR = "\0";
    private static final int PART_BYTES = 8_192;

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong taken = new AtomicLong();
    private final @Nullable String garbage;
    private final boolean isEndless;

    private BrokenSmsGateway(@Nullable String garbage, boolean isEndless) {
        this.garbage = garbage;
        this.isEndless = isEndless;
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
        return new BrokenSmsGateway(null, false);
    }

    /** Answers with something that is not HTTP. */
    public static BrokenSmsGateway garbage(String garbage) {
        return new BrokenSmsGateway(garbage, false);
    }

    /**
     * Answers with the beginning of a head, and repeats a part of it until the connection is closed.
     *
     * @param begin the first part
     * @param part  what is repeated
     */
    public static BrokenSmsGateway endless(String begin, String part) {
        return new BrokenSmsGateway(begin + SEPARATOR + part, true);
    }

    private void run() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                connections.incrementAndGet();
                readHead(socket.getInputStream());
                if (garbage == null) {
                    socket.setSoLinger(true, 0);
                } else if (isEndless) {
                    repeat(garbage, socket.getOutputStream());
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

    private void repeat(String answer, OutputStream out) throws IOException {
        String[] parts = answer.split(SEPARATOR, 2);
        out.write(parts[0].getBytes(StandardCharsets.US_ASCII));
        byte[] part = parts[1].repeat(PART_BYTES / parts[1].length()).getBytes(StandardCharsets.US_ASCII);
        while (true) {
            out.write(part);
            taken.addAndGet(part.length);
        }
    }

    /** How many bytes of an endless answer the client has taken, or the system between both. */
    public long taken() {
        return taken.get();
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
