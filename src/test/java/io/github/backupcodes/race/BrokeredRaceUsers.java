package io.github.backupcodes.race;

import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.FlowBuilder;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.UserAdmin;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.Map;

/** Users who sign in through another realm; the first time makes a local user. The second factor is asked afterwards. */
final class BrokeredRaceUsers extends RaceUsers {

    private static final String ALIAS = "upstream";
    private static final String FLOW = "after the broker";

    private final HttpClient http = LoginClient.connections();
    private final KeycloakServer server;
    private final RealmAdmin upstream;
    private final String execution;

    BrokeredRaceUsers(KeycloakServer server) {
        super(server);
        this.server = server;
        this.upstream = server.admin()
                .createRealm(Map.of(
                        "realm",
                        realm().name() + "-" + ALIAS,
                        "enabled",
                        true,
                        "passwordPolicy",
                        "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)"));
        upstream.addConsumer();
        execution = flow(realm().admin());
        broker(realm().admin());
    }

    private static String flow(RealmAdmin admin) {
        FlowBuilder.in(admin, FLOW)
                .flow(
                        "second factor",
                        "CONDITIONAL",
                        second -> second.secondFactors("auth-otp-form", BackupCodesNames.AUTHENTICATOR))
                // the first time there is no second factor to ask for
                .execution("allow-access-authenticator", "REQUIRED");
        return admin.execution(FLOW, BackupCodesNames.AUTHENTICATOR);
    }

    private void broker(RealmAdmin admin) {
        admin.addIdentityProvider(ALIAS, upstream, Map.of("postBrokerLoginFlowAlias", FLOW), Map.of());
    }

    @Override
    UserAdmin make(String username) {
        upstream.createUser(Json.map("""
                {"username": "$", "enabled": true, "email": "$@example.org", "emailVerified": true,
                 "firstName": "First-$", "lastName": "Last-$",
                 "credentials": [{"type": "password", "value": "%s", "temporary": false}]}
                """.replace("$", username).formatted(PASSWORD)));
        LoginClient first = realm().session(http, server);
        first.open(Map.of("kc_idp_hint", ALIAS));
        first.password(username, PASSWORD);
        if (!first.isSignedIn()) {
            throw new IllegalStateException("the first sign-in ended at " + first.page());
        }
        return realm().admin().userNamed(username);
    }

    @Override
    LoginClient secondFactor(HttpClient lane, KeycloakServer node, RaceUser user, Map<String, String> parameters) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put("kc_idp_hint", ALIAS);
        return super.secondFactor(lane, node, user, more);
    }

    @Override
    LoginClient codePage(HttpClient lane, KeycloakServer node, RaceUser user) {
        LoginClient client = secondFactor(lane, node, user, Map.of());
        client.submit(Selectors.OTP_FORM, Map.of("authenticationExecution", execution()));
        return client;
    }

    @Override
    String execution() {
        return execution;
    }

    @Override
    public void close() {
        super.close();
        upstream.delete();
    }
}
