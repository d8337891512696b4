package io.github.backupcodes.race;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.UserAdmin;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Users who sign in through another realm; the first time makes a local user. The second factor is asked afterwards. */
final class BrokeredRaceUsers extends RaceUsers {

    private static final String ALIAS = "upstream";
    private static final String CLIENT = "consumer";
    private static final String FLOW = "after the broker";
    private static final String SECOND_FACTOR = FLOW + " second factor";

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
        upstream.post("/clients", Map.of("clientId", CLIENT, "secret", PASSWORD, "redirectUris", List.of("*")));
        execution = flow(realm().admin());
        broker(realm().admin());
    }

    private static String flow(RealmAdmin admin) {
        admin.post(
                "/authentication/flows",
                Map.of("alias", FLOW, "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        String subFlow = admin.post(
                "/authentication/flows/" + FLOW.replace(" ", "%20") + "/executions/flow",
                Map.of("alias", SECOND_FACTOR, "type", "basic-flow", "provider", "registration-page-form"));
        admin.executions(FLOW).stream()
                .filter(info -> info.path("flowId").asText().equals(subFlow))
                .forEach(info -> admin.requireExecution(FLOW, info.path("id").asText(), "CONDITIONAL"));
        // the first time there is no second factor to ask for
        admin.addExecution(FLOW, "allow-access-authenticator", "REQUIRED");
        admin.addExecution(SECOND_FACTOR, "conditional-user-configured", "REQUIRED");
        admin.addExecution(SECOND_FACTOR, "auth-otp-form", "ALTERNATIVE");
        return admin.addExecution(SECOND_FACTOR, BackupCodesNames.AUTHENTICATOR, "ALTERNATIVE");
    }

    private void broker(RealmAdmin admin) {
        String address = server.baseUrl() + "/realms/" + upstream.name();
        Map<String, String> config = new LinkedHashMap<>();
        config.put("clientId", CLIENT);
        config.put("clientSecret", PASSWORD);
        config.put("clientAuthMethod", "client_secret_post");
        config.put("issuer", address);
        config.put("authorizationUrl", address + "/protocol/openid-connect/auth");
        config.put("tokenUrl", address + "/protocol/openid-connect/token");
        config.put("userInfoUrl", address + "/protocol/openid-connect/userinfo");
        config.put("defaultScope", "openid profile email");
        admin.post(
                "/identity-provider/instances",
                Map.of(
                        "alias",
                        ALIAS,
                        "providerId",
                        "oidc",
                        "enabled",
                        true,
                        "trustEmail",
                        true,
                        "postBrokerLoginFlowAlias",
                        FLOW,
                        "config",
                        config));
    }

    @Override
    UserAdmin make(String username) {
        upstream.createUser(Map.of(
                "username",
                username,
                "enabled",
                true,
                "email",
                username + "@example.org",
                "emailVerified",
                true,
                "firstName",
                "First-" + username,
                "lastName",
                "Last-" + username,
                "credentials",
                List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false))));
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
        client.submit("#kc-otp-login-form", Map.of("authenticationExecution", execution()));
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
