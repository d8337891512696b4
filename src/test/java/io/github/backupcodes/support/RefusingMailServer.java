package io.github.backupcodes.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** A mail server on loopback that knows no recipient, and quotes the address when it says so, as many do. */
public final class RefusingMailServer implements AutoCloseable {

    private final ServerSocket socket;

    private RefusingMailServer(ServerSocket socket) {
        this.socket = socket;
    }

    /** A running server. */
    public static RefusingMailServer start() {
        try {
            RefusingMailServer server =
                    new RefusingMailServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(server::run, "refusing-mail-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a realm reaches it. */
    public Map<String, String> smtp() {
        return MailServer.smtp(socket.getLocalPort());
    }

    private void run() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                talk(connection);
            } catch (IOException ended) {
                // the next one
            }
        }
    }

    private static void talk(Socket connection) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        Writer out = new OutputStreamWriter(connection.getOutputStream(), StandardCharsets.US_ASCII);
        say(out, "220 ready");
        String line = in.readLine();
        while (line != null) {
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("RCPT TO:")) {
                say(out, "550 5.1.1 " + line.substring("RCPT TO:".length()) + ": no such user");
            } else {
                say(out, command.startsWith("QUIT") ? "221 bye" : "250 ok");
            }
            line = in.readLine();
        }
    }

    private static void say(Writer out, String line) throws IOException {
        out.write(line + "\r\n");
        out.flush();
    }

    @Override
    public void close() {
        Unchecked.run(socket::close);
    }
}
