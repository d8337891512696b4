package io.github.backupcodes.sms.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.sms.gateway.GatewayField;
import io.github.backupcodes.sms.gateway.GatewayHosts;
import io.github.backupcodes.support.BrokenSmsGateway;
import io.github.backupcodes.support.FakeSmsGateway;
import io.github.backupcodes.support.FakeSmsGateway.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.http.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSmsSenderTest {

    private static final SmsOutcome ACCEPTED = new SmsOutcome.Accepted(null);
    private static final SmsOutcome REFUSED = new SmsOutcome.Refused(SmsOutcome.Reason.NOT_ALLOWED);
    private static final SmsOutcome NOT_SENT = new SmsOutcome.Unavailable(false);
    private static final SmsOutcome UNCLEAR = new SmsOutcome.Unavailable(true);
    private static final Duration SHORT = Duration.ofMillis(700);

    private static final Map<GatewayField, String> POINTER =
            Map.of(GatewayField.SUCCESS_POINTER, "/status", GatewayField.SUCCESS_VALUE, "ok");

    private final FakeSmsGateway gateway = FakeSmsGateway.start();
    private final HttpSmsClient client = TestGateways.client(TestGateways.development(), TestGateways.NAMES);

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
    }

    private SmsOutcome send(Map<GatewayField, String> more) {
        return send(gateway.url("/send"), more, Duration.ofSeconds(8));
    }

    private SmsOutcome send(String url, Map<GatewayField, String> more, Duration time) {
        return TestGateways.sender(client, TestGateways.gateway(url, more))
                .send(TestGateways.MESSAGE, Deadline.after(time));
    }

    @Test
    void a_message_arrives_as_it_is_and_once() {
        assertThat(send(Map.of(GatewayField.HEADERS, "X-Key: ${vault.sms-key}")))
                .isEqualTo(ACCEPTED);
        FakeSmsGateway.Received request = gateway.only();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/send");
        assertThat(request.headers())
                .containsEntry("X-Key", "secret of sms-key")
                .containsEntry("Content-Type", "application/json")
                .doesNotContainKeys("Cookie", "Accept-Encoding");
        assertThat(request.json().get("to").asText()).isEqualTo("+4915112345678");
        assertThat(request.json().get("text").asText()).isEqualTo("123456 is your code");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 422})
    void a_refusal_is_final(int status) {
        gateway.answer(Answer.of(status, "no"));
        assertThat(send(Map.of())).isEqualTo(REFUSED);
        assertThat(gateway.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void a_busy_gateway_has_not_sent(int status) {
        gateway.answer(Answer.of(status, ""));
        assertThat(send(Map.of())).isEqualTo(NOT_SENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void a_failing_gateway_may_have_sent(int status) {
        gateway.answer(Answer.of(status, ""));
        assertThat(send(Map.of())).isEqualTo(UNCLEAR);
        assertThat(gateway.received()).as("the client does not try again").hasSize(1);
    }

    @Test
    void a_redirect_is_not_followed() {
        try (FakeSmsGateway target = FakeSmsGateway.start()) {
            gateway.answer(Answer.redirect(target.url("/send")));
            assertThat(send(Map.of())).isEqualTo(REFUSED);
            assertThat(target.received()).isEmpty();
        }
    }

    @Test
    void cookies_are_not_kept() {
        gateway.answer(exchange -> {
            exchange.getResponseHeaders().set("Set-Cookie", "a=b; Path=/");
            exchange.sendResponseHeaders(200, -1);
        });
        send(Map.of());
        send(Map.of());
        assertThat(gateway.received()).hasSize(2).allSatisfy(request -> assertThat(request.headers())
                .doesNotContainKey("Cookie"));
    }

    @Test
    void a_hanging_gateway_is_left_at_the_deadline() {
        gateway.hang();
        assertThat(timed(() -> send(gateway.url("/send"), Map.of(), SHORT))).isEqualTo(UNCLEAR);
    }

    @Test
    void a_dripping_answer_is_left_at_the_deadline() {
        gateway.drip(200);
        assertThat(timed(() -> send(gateway.url("/send"), POINTER, SHORT))).isEqualTo(UNCLEAR);
    }

    @Test
    void a_gateway_that_takes_no_connection_has_not_sent() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThat(send("http://localhost:" + closed + "/", Map.of(), Duration.ofSeconds(8)))
                .isEqualTo(NOT_SENT);
    }

    @Test
    void a_large_answer_is_cut_off() {
        gateway.answer(Answer.large(200, 10_000_000));
        assertThat(send(Map.of())).as("the status says enough").isEqualTo(ACCEPTED);
        assertThat(send(POINTER)).as("what is cut off is not JSON").isEqualTo(UNCLEAR);
    }

    @Test
    void an_answer_is_read_by_its_pointer() {
        gateway.answer(Answer.of(200, "{\"status\": \"ok\"}"));
        assertThat(send(POINTER)).isEqualTo(ACCEPTED);
        gateway.answer(Answer.of(200, "{\"status\": \"blocked\"}"));
        assertThat(send(POINTER)).isEqualTo(REFUSED);
        gateway.answer(Answer.of(200, "<html>"));
        assertThat(send(POINTER)).isEqualTo(UNCLEAR);
    }

    @Test
    void a_reset_and_garbage_may_have_sent() {
        try (BrokenSmsGateway broken = BrokenSmsGateway.reset()) {
            assertThat(send(broken.url(), Map.of(), Duration.ofSeconds(8))).isEqualTo(UNCLEAR);
            assertThat(broken.connections()).isEqualTo(1);
        }
        try (BrokenSmsGateway broken = BrokenSmsGateway.garbage("SSH-2.0-OpenSSH\r\n")) {
            assertThat(send(broken.url(), Map.of(), SHORT)).isEqualTo(UNCLEAR);
            assertThat(broken.connections()).isEqualTo(1);
        }
    }

    /** The administrator of one realm must not be able to fill the memory of the server. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Long: ", "X-Many: 1\r\n"})
    void a_head_without_end_is_left_early(String begin) {
        String part = begin.endsWith("\n") ? begin : "x";
        try (BrokenSmsGateway endless = BrokenSmsGateway.endless("HTTP/1.1 200 OK\r\n" + begin, part)) {
            assertThat(send(endless.url(), Map.of(), Duration.ofSeconds(3))).isEqualTo(UNCLEAR);
            assertThat(endless.taken())
                    .as("what the system keeps between both is some megabytes")
                    .isLessThan(20_000_000);
        }
    }

    /** Keycloak's own log at DEBUG has all categories. */
    @Test
    void no_log_has_the_message_or_a_secret_whatever_its_level() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger apache = Logger.getLogger("org.apache.http");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(record.getLoggerName() + ": " + record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Level before = apache.getLevel();
        handler.setLevel(Level.ALL);
        apache.setLevel(Level.ALL);
        apache.addHandler(handler);
        try {
            assertThat(send(Map.of(GatewayField.HEADERS, "X-Key: ${vault.sms-key}")))
                    .isEqualTo(ACCEPTED);
        } finally {
            apache.removeHandler(handler);
            apache.setLevel(before);
        }
        assertThat(lines).as("the client logs").isNotEmpty();
        assertThat(lines)
                .noneMatch(line ->
                        line.contains("123456") || line.contains("4915112345678") || line.contains("secret of"));
    }

    @Test
    void a_gateway_that_comes_back_gets_the_next_message() {
        gateway.answer(Answer.of(503, ""));
        assertThat(send(Map.of())).isEqualTo(NOT_SENT);
        gateway.answer(Answer.of(200, ""));
        assertThat(send(Map.of())).isEqualTo(ACCEPTED);
    }

    @Test
    void a_certificate_must_be_trusted_and_that_of_the_host(@TempDir Path directory) throws Exception {
        KeyStore trusted = certificate(directory.resolve("trusted.p12"), "dns:localhost");
        KeyStore foreign = certificate(directory.resolve("foreign.p12"), "dns:other.example");
        SSLContext both = SSLContexts.custom().loadTrustMaterial(trusted, null).build();
        try (HttpSmsClient trusting = TestGateways.client(TestGateways.development(), TestGateways.NAMES, both)) {
            assertThat(sendTls(trusting, trusted)).isEqualTo(ACCEPTED);
            assertThat(sendTls(client, trusted))
                    .as("a certificate that is not trusted")
                    .isEqualTo(NOT_SENT);
        }
        SSLContext ofForeign =
                SSLContexts.custom().loadTrustMaterial(foreign, null).build();
        try (HttpSmsClient trusting = TestGateways.client(TestGateways.development(), TestGateways.NAMES, ofForeign)) {
            assertThat(sendTls(trusting, foreign))
                    .as("a certificate of another host")
                    .isEqualTo(NOT_SENT);
        }
    }

    private static SmsOutcome sendTls(HttpSmsClient client, KeyStore certificate) throws Exception {
        SSLContext server = SSLContexts.custom()
                .loadKeyMaterial(certificate, "changeit".toCharArray())
                .build();
        try (FakeSmsGateway tls = FakeSmsGateway.startTls(server)) {
            SmsOutcome outcome = TestGateways.sender(client, TestGateways.gateway(tls.url("/send"), Map.of()))
                    .send(TestGateways.MESSAGE, Deadline.after(Duration.ofSeconds(8)));
            assertThat(tls.received()).hasSize(outcome.equals(ACCEPTED) ? 1 : 0);
            return outcome;
        }
    }

    private static KeyStore certificate(Path file, String name) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit",
                        "-alias",
                        "gateway",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=gateway",
                        "-ext",
                        "san=" + name)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, "changeit".toCharArray());
        }
        return store;
    }

    /** The name service gives a public address when the host is checked, and loopback when it is connected to. */
    @Test
    void a_name_that_changes_its_address_is_refused_when_it_is_connected_to() throws IOException {
        AtomicInteger lookups = new AtomicInteger();
        GatewayHosts production = new GatewayHosts("", Set.of(), () -> false);
        try (HttpSmsClient rebound = TestGateways.client(production, host -> new InetAddress[] {
            lookups.getAndIncrement() == 0 ? InetAddress.getByName("93.184.216.34") : InetAddress.getLoopbackAddress()
        })) {
            assertThat(TestGateways.sender(
                                    rebound,
                                    TestGateways.gateway("https://gateway.example:" + gateway.port() + "/", Map.of()))
                            .send(TestGateways.MESSAGE, Deadline.after(Duration.ofSeconds(8))))
                    .isEqualTo(REFUSED);
        }
        assertThat(lookups).hasValue(2);
        assertThat(gateway.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://2130706433/",
                "http://localhost/",
                "https://db.internal/"
            })
    void no_secret_is_read_for_a_host_that_is_refused(String url) throws IOException {
        List<String> read = new ArrayList<>();
        GatewayHosts production = new GatewayHosts("", Set.of(), () -> false);
        try (HttpSmsClient strict = TestGateways.client(production, host ->
                new InetAddress[] {InetAddress.getByName("localhost".equals(host) ? host : "10.0.0.1")})) {
            SmsSender sender;
            try {
                sender = TestGateways.sender(
                        strict,
                        TestGateways.gateway(url, Map.of(GatewayField.HEADERS, "X-Key: ${vault.sms-key}")),
                        entry -> {
                            read.add(entry);
                            return Optional.of("secret");
                        });
            } catch (IllegalArgumentException e) {
                assertThat(URI.create(url).getHost())
                        .as("refused when it is saved")
                        .isNull();
                return;
            }
            assertThat(sender.send(TestGateways.MESSAGE, Deadline.after(Duration.ofSeconds(8))))
                    .isEqualTo(REFUSED);
        }
        assertThat(read).isEmpty();
    }

    @Test
    void a_missing_secret_is_refused_and_nothing_sent() {
        SmsSender sender = TestGateways.sender(
                client,
                TestGateways.gateway(
                        gateway.url("/send"), Map.of(GatewayField.HEADERS, "Authorization: Bearer ${vault.sms-key}")),
                entry -> Optional.empty());
        assertThat(sender.send(TestGateways.MESSAGE, Deadline.after(Duration.ofSeconds(8))))
                .isEqualTo(REFUSED);
        assertThat(gateway.received()).isEmpty();
    }

    @Test
    void an_unknown_name_has_not_sent() throws IOException {
        try (HttpSmsClient lost = TestGateways.client(TestGateways.development(), host -> {
            throw new UnknownHostException(host);
        })) {
            assertThat(TestGateways.sender(lost, TestGateways.gateway("https://gateway.example/", Map.of()))
                            .send(TestGateways.MESSAGE, Deadline.after(Duration.ofSeconds(8))))
                    .isEqualTo(NOT_SENT);
        }
    }

    /** A name service cannot be interrupted: the message is given up, and the thread of the queue is free. */
    @Test
    void a_name_service_that_hangs_is_left() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (HttpSmsClient lost = TestGateways.client(TestGateways.development(), host -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        })) {
            SmsSender sender = TestGateways.sender(lost, TestGateways.gateway("https://gateway.example/", Map.of()));
            assertThat(timed(() -> sender.send(TestGateways.MESSAGE, Deadline.after(Duration.ofSeconds(8)))))
                    .isEqualTo(NOT_SENT);
        } finally {
            end.countDown();
        }
    }

    /** The administrator of one realm chooses the name, and so the name service that does not answer. */
    @Test
    void a_name_service_that_hangs_delays_no_other_gateway() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try (HttpSmsClient shared = TestGateways.client(TestGateways.development(), host -> {
            if ("localhost".equals(host)) {
                return TestGateways.NAMES.addresses(host);
            }
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        })) {
            SmsSender hanging = TestGateways.sender(shared, TestGateways.gateway("https://gateway.example/", Map.of()));
            List<Future<SmsOutcome>> messages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                messages.add(threads.submit(
                        () -> hanging.send(TestGateways.MESSAGE, Deadline.after(Duration.ofSeconds(8)))));
            }
            for (Future<SmsOutcome> message : messages) {
                assertThat(message.get(10, TimeUnit.SECONDS)).isEqualTo(NOT_SENT);
            }
            assertThat(TestGateways.sender(shared, TestGateways.gateway(gateway.url("/send"), Map.of()))
                            .send(TestGateways.MESSAGE, Deadline.after(Duration.ofSeconds(8))))
                    .isEqualTo(ACCEPTED);
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void a_proxy_gets_only_hosts_that_are_named() throws IOException {
        String proxy = ".*;http://127.0.0.1:" + gateway.port();
        try (HttpSmsClient unnamed = TestGateways.client(TestGateways.development(), TestGateways.NAMES, proxy)) {
            assertThat(TestGateways.sender(unnamed, TestGateways.gateway("http://localhost:1/send", Map.of()))
                            .send(TestGateways.MESSAGE, Deadline.after(Duration.ofSeconds(8))))
                    .isEqualTo(REFUSED);
        }
        assertThat(gateway.received()).isEmpty();
        GatewayHosts named = new GatewayHosts("localhost:1", Set.of(), () -> false);
        try (HttpSmsClient proxied = TestGateways.client(named, TestGateways.NAMES, proxy)) {
            assertThat(TestGateways.sender(proxied, TestGateways.gateway("http://localhost:1/send", Map.of()))
                            .send(TestGateways.MESSAGE, Deadline.after(Duration.ofSeconds(8))))
                    .isEqualTo(ACCEPTED);
        }
        assertThat(gateway.received()).hasSize(1);
    }

    private static SmsOutcome timed(Supplier<SmsOutcome> sending) {
        long start = System.nanoTime();
        SmsOutcome outcome = sending.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT.dividedBy(2), Duration.ofSeconds(3));
        return outcome;
    }
}
