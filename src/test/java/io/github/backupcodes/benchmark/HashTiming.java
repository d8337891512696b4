package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * The hashes of attempts, as servers count them ({@code backup_codes_hash_seconds}): the bare hash, without the wait for its
 * turn.
 */
record HashTiming(double count, double seconds) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String METER = "backup_codes_hash_seconds_";
    private static final String ATTEMPTS = "work=\"attempt\"";

    /** Those of the servers so far. */
    static HashTiming of(List<KeycloakServer> servers) {
        double count = 0;
        double seconds = 0;
        for (KeycloakServer server : servers) {
            String metrics = metrics(server);
            count += value(metrics, "count");
            seconds += value(metrics, "sum");
        }
        return new HashTiming(count, seconds);
    }

    /** Those since an earlier look. */
    HashTiming since(HashTiming earlier) {
        return new HashTiming(count - earlier.count, seconds - earlier.seconds);
    }

    private static double value(String metrics, String what) {
        return metrics.lines()
                .filter(line -> line.startsWith(METER + what + "{") && line.contains(ATTEMPTS))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String metrics(KeycloakServer server) {
        return Unchecked.get(() -> {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(server.managementUrl() + "/metrics"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("no metrics: " + answer.statusCode());
            }
            return answer.body();
        });
    }
}
