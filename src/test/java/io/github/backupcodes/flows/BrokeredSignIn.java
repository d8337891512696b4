package io.github.backupcodes.flows;

import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.Map;

/** Sign-ins to a realm through another one, which is its identity provider. */
final class BrokeredSignIn {

    private final TestRealm realm;
    private final TestRealm upstream;

    BrokeredSignIn(TestRealm realm, TestRealm upstream) {
        this.realm = realm;
        this.upstream = upstream;
        upstream.admin().addConsumer();
    }

    /** Adds an identity provider of this name. */
    void provider(String alias, Map<String, String> more) {
        realm.admin().addIdentityProvider(alias, upstream.admin(), more, Map.of());
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
