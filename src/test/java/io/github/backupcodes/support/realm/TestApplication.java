package io.github.backupcodes.support.realm;

import com.sun.net.httpserver.HttpServer;
import io.github.backupcodes.support.Unchecked;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The application that people sign in to: a tiny page on loopback at which every sign-in ends. */
public final class TestApplication {

    private static final byte[] PAGE =
            "<!doctype html><html lang=\"en\"><title>Test app</title><h1 id=\"signed-in\">Signed in</h1></html>"
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    private TestApplication(HttpServer server) {
        this.server = server;
    }

    /** The one app of the suite, which ends with the JVM. */
    public static TestApplication shared() {
        return Holder.APP;
    }

    /** Where sign-ins end. */
    public URI redirectUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/app");
    }

    private static TestApplication start() {
        return Unchecked.get(() -> {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, PAGE.length);
                exchange.getResponseBody().write(PAGE);
                exchange.close();
            });
            server.start();
            Thread stop = new Thread(() -> server.stop(0), "stop-app");
            Runtime.getRuntime().addShutdownHook(stop);
            return new TestApplication(server);
        });
    }

    private static final class Holder {
        private static final TestApplication APP = start();
    }
}
