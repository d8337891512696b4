package io.github.backupcodes.race;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.ClusterRequests;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of those who run against each other: connections of its own, which stay open, and at most one sign-in at a time. */
final class RaceClient {

    private final HttpClient http = LoginClient.connections();
    private @Nullable LoginClient client;

    HttpClient http() {
        return http;
    }

    /** Takes over a sign-in that has come to some page. */
    void at(LoginClient reached) {
        client = reached;
    }

    /** The next sign-in here starts from the beginning. */
    void leave() {
        client = null;
    }

    LoginClient client() {
        LoginClient current = client;
        if (current == null) {
            throw new IllegalStateException("nobody signs in here");
        }
        return current;
    }

    /** Whether a code can be typed in now, without a new sign-in. */
    boolean isAtCodePage() {
        return client != null && client.page().has("[name=" + BackupCodesNames.FIELD + "]");
    }

    /** Everything up to the first byte of the code; the request goes to the given node, whichever showed the page. */
    HttpRequest prepare(String code, KeycloakServer node) {
        return ClusterRequests.to(node, client().prepareBackupCode(code));
    }

    /** Sends what was prepared. */
    RequestOutcome run(HttpRequest request) {
        long start = System.nanoTime();
        try {
            HttpPage page = client().send(request);
            return outcome(page, Duration.ofNanos(System.nanoTime() - start));
        } catch (RuntimeException e) {
            return new RequestOutcome(
                    RequestOutcome.Kind.ERROR, e.toString(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private RequestOutcome outcome(HttpPage page, Duration took) {
        if (client().isSignedIn() || client().isAfterUse()) {
            return new RequestOutcome(RequestOutcome.Kind.GRANTED, "", took);
        }
        String error = page.error();
        boolean ordinary = page.status() == 200 && isAtCodePage() && !error.isEmpty();
        return ordinary
                ? new RequestOutcome(RequestOutcome.Kind.REFUSED, error, took)
                : new RequestOutcome(RequestOutcome.Kind.ERROR, page + " " + error, took);
    }

    /** Whether a grant is really one: it ends with tokens. */
    boolean getsTokens() {
        try {
            client().continueSignIn();
            return !client().tokens().path("access_token").asText().isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
