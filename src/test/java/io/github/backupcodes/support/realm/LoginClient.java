package io.github.backupcodes.support.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.Unchecked;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * One person at one browser, over plain HTTP: opens the sign-in, fills in forms, follows redirects, and ends at a page
 * or with tokens. It keeps its own cookies; the connections come from outside. Not for several threads.
 */
public final class LoginClient {

    private static final int MOST_REDIRECTS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HttpClient http;
    private final URI realm;
    private final String client;
    private final URI redirectUri;
    private final Map<String, HttpCookie> cookies = new LinkedHashMap<>();
    private final String verifier = random();
    private @Nullable HttpPage page;
    private int requests;
    private int steps;

    /**
     * A new session.
     *
     * @param http must not follow redirects, and have no cookie handler; may be shared
     */
    public LoginClient(HttpClient http, URI realm, String client, URI redirectUri) {
        this.http = http;
        this.realm = realm;
        this.client = client;
        this.redirectUri = redirectUri;
    }

    /**
     * Connections for sessions.
     *
     * @return a client that fits, to be shared by many sessions
     */
    public static HttpClient connections() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** Another tab of the same browser: with the cookies that it has now, and a page of its own. */
    public LoginClient newTab() {
        LoginClient tab = new LoginClient(http, realm, client, redirectUri);
        tab.cookies.putAll(cookies);
        return tab;
    }

    /** Starts to sign in. */
    public HttpPage open() {
        return open(Map.of());
    }

    /**
     * Starts to sign in.
     *
     * @param more parameters, for example {@code kc_action}, {@code prompt}, {@code ui_locales}
     */
    public HttpPage open(Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", client);
        parameters.put("response_type", "code");
        parameters.put("scope", "openid");
        parameters.put("redirect_uri", redirectUri.toString());
        parameters.put("code_challenge_method", "S256");
        parameters.put("code_challenge", challenge());
        parameters.putAll(more);
        return get(URI.create(realm + "/protocol/openid-connect/auth?" + FormBody.of(parameters)));
    }

    /** Opens an address. */
    public HttpPage get(URI url) {
        return send(request(url).GET().build());
    }

    /** Opens the sign-in and enters name and password. */
    public HttpPage signIn(String user, String password) {
        open();
        return password(user, password);
    }

    /** Enters name and password on the current page. */
    public HttpPage password(TestUser user) {
        return password(user.username(), user.password());
    }

    /** Opens the sign-in and enters name and password. */
    public HttpPage signIn(TestUser user) {
        return signIn(user.username(), user.password());
    }

    /** Enters name and password on the current page. */
    public HttpPage password(String user, String password) {
        return submit(Selectors.PASSWORD_FORM, Map.of("username", user, "password", password));
    }

    /** Enters the code of the authenticator app on the current page. */
    public HttpPage otp(String code) {
        return submit(Selectors.OTP_FORM, Map.of("otp", code));
    }

    /**
     * Enters an OTP or a backup code in the one field of the current page, and goes on past the page that follows a good
     * backup code.
     */
    public HttpPage otpOrBackupCode(String typed) {
        otp(typed);
        return continueSignIn();
    }

    /** Asks for another way to sign in on the current page. */
    public HttpPage tryAnotherWay() {
        return submit(Selectors.ANOTHER_WAY_FORM, Map.of());
    }

    /**
     * Goes from any page of the second factor to one of its ways.
     *
     * @param execution the id of the way, for example {@link TestRealm#backupCodeExecution()}
     */
    public HttpPage choose(String execution) {
        return submit("form[action*=login-actions]", Map.of("authenticationExecution", execution), List.of());
    }

    /** Enters a backup code on the current page, and goes on past the page that follows a good one. */
    public HttpPage backupCode(String code) {
        enterBackupCode(code);
        return continueSignIn();
    }

    /** Enters a backup code on the current page. */
    public HttpPage enterBackupCode(String code) {
        return send(prepareBackupCode(code));
    }

    /** Whether the current page is the one that follows a good backup code. */
    public boolean isAfterUse() {
        return page().has(Selectors.CODE_USED_PAGE);
    }

    /**
     * Goes on from the page that follows a good backup code; does nothing on other pages, and where it lets no one go on.
     */
    public HttpPage continueSignIn() {
        return page().has(Selectors.CODE_USED_PAGE + " [name=continue]")
                ? submit(Selectors.CODE_USED_PAGE + " form:has([name=continue])", Map.of("continue", "true"))
                : page();
    }

    /** Makes new codes on the page that follows a good backup code. */
    public HttpPage makeCodes() {
        return submit(Selectors.CODE_USED_PAGE + " form:has([name=makeCodes])", Map.of("makeCodes", "true"));
    }

    /** Whether the current page asks to generate backup codes. */
    public boolean isInvited() {
        return page().has(Selectors.PROMPT_PAGE);
    }

    /** Generates codes, as the current page asks for. */
    public HttpPage acceptInvitation() {
        return submit(Selectors.PROMPT_PAGE, Map.of("makeCodes", "true"));
    }

    /** Puts off making codes, as far as the current page lets the user. */
    public HttpPage notNow() {
        return submit("form:has([name=notNow])", Map.of("notNow", "true"));
    }

    /** The request that enters a backup code on the current page, to be sent later. */
    public HttpRequest prepareBackupCode(String code) {
        return prepare(Selectors.CODE_FORM, Map.of(BackupCodesNames.FIELD, code));
    }

    /** Says on the current page that the codes have been saved. */
    public HttpPage saveCodes() {
        return submit(Selectors.NEW_CODES_FORM, Map.of("codesSaved", "on"));
    }

    /** Sets up an authenticator app on the current page. */
    public Totp setUpApp(String label) {
        Totp app = page().scanApp();
        submit(Selectors.APP_SETUP_FORM, Map.of("totp", app.now(), "userLabel", label));
        return app;
    }

    /** Chooses a new password on the current page. */
    public HttpPage newPassword(String password) {
        return submit(Selectors.NEW_PASSWORD_FORM, Map.of("password-new", password, "password-confirm", password));
    }

    /** Types a code back on the current page that asks for one of the new codes. */
    public HttpPage typeBack(String code) {
        return submit(Selectors.NEW_CODES_PAGE, Map.of(BackupCodesNames.FIELD, code));
    }

    /** Fills in a form of the current page and sends it. */
    public HttpPage submit(String form, Map<String, String> fields) {
        return send(prepare(form, fields));
    }

    private HttpPage submit(String form, Map<String, String> fields, List<String> hidden) {
        Element element = form(form);
        return send(filled(element, fields, hidden));
    }

    /** The request that sends a form of the current page, to be sent later. */
    public HttpRequest prepare(String form, Map<String, String> fields) {
        Element element = form(form);
        return filled(
                element, fields, element.select("input[type=hidden][name]").eachAttr("name"));
    }

    /** A request with the cookies of this session, for bodies of any kind. */
    public HttpRequest.Builder request(URI url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(LIMIT)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Accept-Language", "en");
        String sent = cookies.values().stream()
                .filter(cookie -> url.getPath().startsWith(cookie.getPath()))
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return sent.isEmpty() ? request : request.header("Cookie", sent);
    }

    /** The application was reached. */
    public void assertSignedIn() {
        assertSignedIn("signed in");
    }

    /** The application was reached, and why it must be. */
    public void assertSignedIn(String why) {
        assertThat(isSignedIn()).as("%s: %s", why, page()).isTrue();
    }

    /** The application was not reached. */
    public void assertNotSignedIn() {
        assertThat(isSignedIn()).as("%s", page()).isFalse();
    }

    /** The current page has an element. */
    public void assertHas(String css) {
        page().assertHas(css);
    }

    /** A form with a body that no browser would send. */
    public HttpRequest prepareRaw(URI action, String body) {
        return request(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** The sign-in was too old for the action and starts from the beginning; no code is shown. */
    public void assertStartedAgain() {
        assertThat(page().has(Selectors.PASSWORD_FORM)).as("%s", page()).isTrue();
        assertThat(page().text("#kc-content, body")).contains("Login will start from the beginning");
        assertThat(page().backupCodes()).isEmpty();
    }

    /** Where a form of the current page is sent to. */
    public URI action(String css) {
        return URI.create(form(css).absUrl("action"));
    }

    /** Sends a request and follows the redirects, up to the redirect URI of the client, which is not opened. */
    public HttpPage send(HttpRequest request) {
        steps++;
        HttpRequest next = request;
        for (int step = 0; step < MOST_REDIRECTS; step++) {
            HttpResponse<String> response = exchange(next);
            keepCookies(next.uri(), response);
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return arrived(new HttpPage(next.uri(), response.statusCode(), response.headers(), response.body()));
            }
            URI target = next.uri().resolve(location.get());
            if (target.toString().startsWith(redirectUri.toString())) {
                return arrived(new HttpPage(target, response.statusCode(), response.headers(), response.body()));
            }
            next = request(target).GET().build();
        }
        throw new IllegalStateException("more than " + MOST_REDIRECTS + " redirects from "
                + request.uri().getPath());
    }

    /** How many requests this session made so far. */
    public int requests() {
        return requests;
    }

    /** How often the person has done something so far: opened a page or sent a form. */
    public int steps() {
        return steps;
    }

    /** The page that is open. */
    public HttpPage page() {
        HttpPage current = page;
        if (current == null) {
            throw new IllegalStateException("no page was opened");
        }
        return current;
    }

    /** The authorization code that the sign-in ended with. */
    public Optional<String> authorizationCode() {
        return parameter("code");
    }

    /** Whether the sign-in is through. */
    public boolean isSignedIn() {
        return authorizationCode().isPresent();
    }

    /**
     * A parameter that the client got at its redirect URI.
     *
     * @param name for example {@code kc_action_status} or {@code error}
     */
    public Optional<String> parameter(String name) {
        URI url = page().url();
        if (!url.toString().startsWith(redirectUri.toString()) || url.getRawQuery() == null) {
            return Optional.empty();
        }
        for (String pair : url.getRawQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /** Exchanges the authorization code. */
    public JsonNode tokens() {
        String code = authorizationCode().orElseThrow(() -> new IllegalStateException("not signed in: " + page()));
        HttpResponse<String> response =
                exchange(HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(FormBody.of(Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                client,
                                "code",
                                code,
                                "redirect_uri",
                                redirectUri.toString(),
                                "code_verifier",
                                verifier))))
                        .build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("no tokens: " + response.statusCode() + " " + response.body());
        }
        return Json.read(response.body());
    }

    /** What the ID token says, for which the authorization code is exchanged. */
    public JsonNode idToken() {
        return claims(tokens().path("id_token").asText());
    }

    /** The level and the methods that the ID token names. */
    public void assertLevel(String level, String... methods) {
        JsonNode token = idToken();
        assertThat(token.path("acr").asText()).isEqualTo(level);
        assertThat(Json.texts(token.path("amr"))).containsExactlyInAnyOrder(methods);
    }

    /** What a token says. */
    public static JsonNode claims(String token) {
        return Json.read(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    private HttpPage arrived(HttpPage reached) {
        page = reached;
        return reached;
    }

    private Element form(String css) {
        Element form = page().document().selectFirst(css);
        if (form == null) {
            throw new IllegalStateException("no " + css + " on " + page());
        }
        return form;
    }

    private HttpRequest filled(Element form, Map<String, String> fields, List<String> hidden) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : hidden) {
            Element input = form.selectFirst("input[name=" + name + "]");
            all.put(name, input == null ? "" : input.attr("value"));
        }
        all.putAll(fields);
        return request(URI.create(form.absUrl("action")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(FormBody.of(all)))
                .build();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        requests++;
        return Unchecked.get(() -> http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    /** As browsers do on loopback, cookies marked {@code Secure} are kept and sent. */
    private void keepCookies(URI from, HttpResponse<String> response) {
        for (String header : response.headers().allValues("Set-Cookie")) {
            for (HttpCookie cookie : HttpCookie.parse("Set-Cookie: " + header)) {
                if (cookie.getPath() == null) {
                    cookie.setPath(from.getPath());
                }
                String key = cookie.getPath() + " " + cookie.getName();
                if (cookie.getMaxAge() == 0) {
                    cookies.remove(key);
                } else {
                    cookies.put(key, cookie);
                }
            }
        }
    }

    private String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
