package io.github.backupcodes.flows;

import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sign-ins to a realm through another one, which is its identity provider. */
final class BrokeredSignIn {

    private static final String CLIENT = "consumer";
    private static final String SECRET = "of the consumer";

    private final HttpClient http;
    private final TestRealm realm;
    private final TestRealm upstream;

    BrokeredSignIn(HttpClient http, TestRealm realm, TestRealm upstream) {
        this.http = http;
        this.realm = realm;
        this.upstream = upstream;
        upstream.admin().post("/clients", Map.of("clientId", CLIENT, "secret", SECRET, "redirectUris", List.of("*")));
    }

    /** Adds an identity provider of this name. */
    void provider(String alias, Map<String, String> more) {
        String endpoints = upstream.url() + "/protocol/openid-connect";
        Map<String, Object> provider = new HashMap<>(more);
        provider.putAll(Map.of("alias", alias, "providerId", "oidc", "enabled", true, "trustEmail", true));
        provider.put(
                "config",
                Map.of(
                        "clientId",
                        CLIENT,
                        "clientSecret",
                        SECRET,
                        "clientAuthMethod",
                        "client_secret_post",
                        "issuer",
                        upstream.url(),
                        "authorizationUrl",
                        endpoints + "/auth",
                        "tokenUrl",
                        endpoints + "/token",
                        "userInfoUrl",
                        endpoints + "/userinfo",
                        "defaultScope",
                        "openid profile email"));
        RealmAdmin admin = realm.admin();
        admin.post("/identity-provider/instances", provider);
    }

    /** Comes for the first time, and proves with the password that the account of the same e-mail is theirs. */
    LoginClient first(String provider, TestUser user) {
        upstream(user);
        LoginClient client = through(provider, user);
        client.submit("#kc-register-form", Map.of("submitAction", "linkAccount"));
        client.password(user.username(), user.password());
        return client;
    }

    /** Comes with an account that is linked. */
    LoginClient linked(String provider, TestUser user) {
        link(provider, user);
        return through(provider, user);
    }

    /** Links the account to one of the same name there. */
    void link(String provider, TestUser user) {
        TestUser there = upstream(user);
        realm.admin()
                .post(
                        "/users/" + user.id() + "/federated-identity/" + provider,
                        Map.of("userId", there.id(), "userName", there.username()));
    }

    private LoginClient through(String provider, TestUser user) {
        LoginClient client = realm.newBrowser();
        client.open(Map.of("kc_idp_hint", provider));
        client.password(user.username(), user.password());
        return client;
    }

    private TestUser upstream(TestUser user) {
        return upstream.user(user.username()).password(user.password()).create();
    }
}
