package io.github.backupcodes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A real HTTP server on loopback that stands in for a gateway of text messages: keeps what it gets, and answers as it is told to. */
public final class FakeSmsGateway implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DRIP_MILLIS = 100;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final boolean tls;
    private volatile Answer answer = Answer.of(200, "");

    /** How it answers a request. */
    @FunctionalInterface
    public interface Answer {

        /** Writes the answer; the exchange is closed afterwards. */
        void write(HttpExchange exchange) throws IOException;

        /** A status with a body. */
        static Answer of(int status, String body) {
            return exchange -> {
                byte[] content = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
                exchange.getResponseBody().write(content);
            };
        }

        /** A redirect. */
        static Answer redirect(String target) {
            return exchange -> {
                exchange.getResponseHeaders().set("Location", target);
                exchange.sendResponseHeaders(307, -1);
            };
        }

        /** A status with a body of many spaces. */
        static Answer large(int status, int bytes) {
            return exchange -> {
                exchange.sendResponseHeaders(status, bytes);
                byte[] block = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
                for (int left = bytes; left > 0; left -= block.length) {
                    exchange.getResponseBody().write(block, 0, Math.min(left, block.length));
                }
            };
        }
    }

    /**
     * A request that it got.
     *
     * @param method  the method
     * @param target  path and query, as sent
     * @param headers the headers, their names in any case
     * @param text    the body, which is in UTF-8
     */
    public record Received(String method, String target, Map<String, String> headers, String text) {

        /** The body as JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The body as a form. */
        public Map<String, String> form() {
            return form(text);
        }

        /** The query. */
        public Map<String, String> query() {
            return form(target.substring(target.indexOf('?') + 1));
        }

        private static Map<String, String> form(String text) {
            Map<String, String> fields = new LinkedHashMap<>();
            Stream.of(text.split("&"))
                    .map(field -> field.split("=", 2))
                    .forEach(field -> fields.put(decode(field[0]), decode(field[1])));
            return fields;
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    private FakeSmsGateway(@Nullable SSLContext certificate) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        tls = certificate != null;
        try {
            if (certificate == null) {
                server = HttpServer.create(address, 0);
            } else {
                HttpsServer https = HttpsServer.create(address, 0);
                https.setHttpsConfigurator(new HttpsConfigurator(certificate));
                server = https;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A running one over plain HTTP, which answers 200. */
    public static FakeSmsGateway start() {
        return new FakeSmsGateway(null);
    }

    /** A running one over TLS. */
    public static FakeSmsGateway startTls(SSLContext certificate) {
        return new FakeSmsGateway(certificate);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        try (exchange) {
            received.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            answer.write(exchange);
        }
    }

    /** How it answers from now on. */
    public FakeSmsGateway answer(Answer next) {
        answer = next;
        return this;
    }

    /** It reads each request and says nothing. */
    public FakeSmsGateway hang() {
        return answer(exchange -> awaitEnd(Integer.MAX_VALUE));
    }

    /** It answers with a status, and then one byte after the other without end. */
    public FakeSmsGateway drip(int status) {
        return answer(exchange -> {
            exchange.sendResponseHeaders(status, 0);
            OutputStream body = exchange.getResponseBody();
            while (!awaitEnd(DRIP_MILLIS)) {
                body.write(' ');
                body.flush();
            }
        });
    }

    private boolean awaitEnd(int millis) {
        try {
            return end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What it has got. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The only request that it has got. */
    public Received only() {
        if (received.size() != 1) {
            throw new IllegalStateException(received.size() + " requests");
        }
        return received.get(0);
    }

    /** Its port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Its URL by the name localhost, with a path that begins with a slash. */
    public String url(String path) {
        return (tls ? "https" : "http") + "://localhost:" + port() + path;
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
