package io.github.backupcodes.support.realm;

import io.github.backupcodes.support.Unchecked;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A form that a client sends, not a person: to the endpoint for tokens, for example. */
public final class FormPost {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private FormPost() {}

    /**
     * Sends it.
     *
     * @return the answer, whatever its status
     */
    public static HttpResponse<String> send(String url, Map<String, String> fields) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(FormBody.of(fields)))
                .build();
        return Unchecked.get(() -> HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    }
}
