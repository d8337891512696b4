package io.github.backupcodes.support.realm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.Unchecked;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keycloak's admin REST. Paths are relative to {@code /admin}. Threads may share it.
 */
public final class AdminClient {

    private static final String CLIENT = "admin-cli";
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final String baseUrl;
    private final String realm;
    private final String client;
    private final String user;
    private final String password;
    private @Nullable String token;
    private Instant tokenEnd = Instant.MIN;

    public AdminClient(String baseUrl, String user, String password) {
        this(baseUrl, "master", user, password);
    }

    /** A client for an administrator of some realm. */
    public AdminClient(String baseUrl, String realm, String user, String password) {
        this(baseUrl, realm, CLIENT, user, password);
    }

    /** The same with the tokens of some client. */
    public AdminClient(String baseUrl, String realm, String client, String user, String password) {
        this.baseUrl = baseUrl;
        this.realm = realm;
        this.client = client;
        this.user = user;
        this.password = password;
    }

    /** A realm, whether or not it exists. */
    public RealmAdmin realm(String name) {
        return new RealmAdmin(this, name);
    }

    /**
     * Makes a realm. It gets the key of all test realms: a new one for each takes most of the processor time of a test run.
     *
     * @param representation as Keycloak's {@code RealmRepresentation}, with at least {@code realm}
     */
    public RealmAdmin createRealm(Map<String, ?> representation) {
        Map<String, Object> withKey = new LinkedHashMap<>(representation);
        withKey.put("privateKey", RealmKey.PEM);
        post("/realms", withKey);
        return realm(String.valueOf(representation.get("realm")));
    }

    /** GET. */
    public JsonNode get(String path) {
        return Json.read(success("GET", path, null).body());
    }

    /**
     * POST.
     *
     * @return the id of what was made, the last step of its location; empty when there is none
     */
    public String post(String path, Object body) {
        return success("POST", path, body)
                .headers()
                .firstValue("Location")
                .map(location -> location.substring(location.lastIndexOf('/') + 1))
                .orElse("");
    }

    /** POST, for what answers with JSON. */
    public JsonNode postForAnswer(String path, Object body) {
        return Json.read(success("POST", path, body).body());
    }

    /** PUT. */
    public void put(String path, Object body) {
        success("PUT", path, body);
    }

    /** DELETE. */
    public void delete(String path) {
        success("DELETE", path, null);
    }

    /** Any request, whatever the answer. */
    public HttpResponse<String> send(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + "/admin" + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token());
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body)));
        }
        return exchange(request.build());
    }

    /** A request with plain text, whatever the answer. */
    public HttpResponse<String> sendText(String method, String path, String text) {
        return exchange(HttpRequest.newBuilder(URI.create(baseUrl + "/admin" + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "text/plain")
                .method(method, HttpRequest.BodyPublishers.ofString(text))
                .build());
    }

    String baseUrl() {
        return baseUrl;
    }

    private HttpResponse<String> success(String method, String path, @Nullable Object body) {
        HttpResponse<String> response = send(method, path, body);
        if (response.statusCode() / 100 != 2) {
            throw new AdminException(method + " " + path, response.statusCode(), response.body());
        }
        return response;
    }

    private synchronized String token() {
        String current = token;
        if (current == null || Instant.now().isAfter(tokenEnd)) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(baseUrl + "/realms/" + realm + "/protocol/openid-connect/token"))
                    .timeout(LIMIT)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(FormBody.of(Map.of(
                            "grant_type", "password", "client_id", client, "username", user, "password", password))))
                    .build();
            HttpResponse<String> response = exchange(request);
            if (response.statusCode() != 200) {
                throw new AdminException("token", response.statusCode(), response.body());
            }
            JsonNode answer = Json.read(response.body());
            current = answer.path("access_token").asText();
            token = current;
            tokenEnd = Instant.now()
                    .plusSeconds(answer.path("expires_in").asLong())
                    .minus(MARGIN);
        }
        return current;
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        return Unchecked.get(() -> HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private static final class RealmKey {

        private static final String PEM = generate();

        private static String generate() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return Base64.getEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
