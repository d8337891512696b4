package io.github.backupcodes.support.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The time from the launch of a server to its first answer.
 *
 * @param progress called a few times a second, with the time elapsed
 */
record ServerStartup(Duration limit, Consumer<Duration> progress) {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** Waits until it answers. */
    void await(ServerProcess process, String baseUrl, ServerLog log) {
        Instant start = Instant.now();
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + "/realms/master"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            while (!answers(request)) {
                Duration elapsed = Duration.between(start, Instant.now());
                if (!process.isAlive()) {
                    throw failure("ended with " + process.exitValue() + " while starting", log);
                }
                if (elapsed.compareTo(limit) > 0) {
                    throw failure("does not answer after " + limit.toSeconds() + " s", log);
                }
                progress.accept(elapsed);
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Keycloak was starting", e);
        }
    }

    private static boolean answers(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<Void> response = HTTP.send(request, HttpResponse.BodyHandlers.discarding());
            return response.statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static IllegalStateException failure(String what, ServerLog log) {
        return new IllegalStateException("Keycloak " + what + ". " + log.file() + " ends with:\n" + log.tail(60));
    }
}
