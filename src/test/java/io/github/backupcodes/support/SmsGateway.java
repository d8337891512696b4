package io.github.backupcodes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A gateway for text messages on loopback, to which a realm sends JSON. */
public final class SmsGateway implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("\\b\\d{6,8}\\b");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private HttpServer server;
    private final List<Sms> messages = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private boolean hanging;

    private SmsGateway() {
        this.server = listen(0);
    }

    /** Starts it on a free port. */
    public static SmsGateway start() {
        return new SmsGateway();
    }

    private HttpServer listen(int port) {
        try {
            HttpServer listening =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            listening.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "sms-gateway");
                thread.setDaemon(true);
                return thread;
            }));
            listening.createContext("/send", this::answer);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new IllegalStateException("no free port for a gateway", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode message = JSON.readTree(exchange.getRequestBody());
            messages.add(new Sms(
                    message.path("id").asText(),
                    message.path("to").asText(),
                    message.path("text").asText()));
            awaitRelease();
            byte[] body = "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The settings of the required action with which a realm uses it; numbers of Germany and the United Kingdom are allowed. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("sender", "http");
        settings.put("countries", "DE,GB");
        settings.put("http-url", "http://127.0.0.1:" + server.getAddress().getPort() + "/send");
        settings.put("http-body", "{\"id\":\"{id}\",\"to\":\"{to}\",\"text\":\"{text}\"}");
        return settings;
    }

    /** What it answers from now on. */
    public void answer(int newStatus) {
        status = newStatus;
    }

    private synchronized void awaitRelease() throws InterruptedException {
        while (hanging) {
            wait();
        }
    }

    /** Whether it takes messages and does not answer; with false it answers those that wait. */
    public synchronized void hang(boolean newHanging) {
        hanging = newHanging;
        notifyAll();
    }

    /** Stops listening: connections are refused until it is {@linkplain #up up} again. */
    public void down() {
        server.stop(0);
    }

    /** Listens on the same port again. */
    public void up() {
        server = listen(server.getAddress().getPort());
    }

    /** The messages that have come. */
    public List<Sms> messages() {
        return List.copyOf(messages);
    }

    /** The messages that have come for a number. */
    public List<Sms> messages(String number) {
        return messages.stream().filter(message -> message.to().equals(number)).toList();
    }

    /** Waits until so many messages have come for a number, and returns the code in the newest. */
    public String awaitCode(String number, int count) {
        Awaitility.await("message " + count)
                .atMost(PATIENCE)
                .until(() -> messages(number).size() >= count);
        return messages(number).get(count - 1).code();
    }

    @Override
    public void close() {
        hang(false);
        server.stop(0);
    }

    /**
     * A message.
     *
     * @param id   the same for each try
     * @param to   the number
     * @param text the text
     */
    public record Sms(String id, String to, String text) {

        /** Whether it has a code. */
        public boolean hasCode() {
            return CODE.matcher(text).find();
        }

        /** The code in it. */
        public String code() {
            Matcher code = CODE.matcher(text);
            if (!code.find()) {
                throw new AssertionError("no code in the message");
            }
            return code.group();
        }
    }
}
