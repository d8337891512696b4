package io.github.backupcodes.support.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh realm of a test, ready for backup codes: the required action is on, a copy of the browser flow with the
 * authenticator after the OTP is bound, events are stored, English and German are there, a TOTP can be used again
 * within its thirty seconds, and a public client {@code app} leads to {@link TestApplication}. No user without codes is asked to
 * make some unless the test is about that.
 *
 * @param server where it lives
 * @param admin its administration
 */
public record TestRealm(KeycloakServer server, RealmAdmin admin) implements AutoCloseable {

    /** The client to sign in to. */
    public static final String CLIENT = "app";

    /** The alias of the bound browser flow. */
    public static final String FLOW = "browser with backup codes";

    /** The alias of its sub-flow that asks for the second factor. */
    public static final String SECOND_FACTOR_FLOW = FLOW + " Browser - Conditional 2FA";

    private static final String ASK = "ask-users-with-second-factor";

    private static final HttpClient HTTP = LoginClient.connections();
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** A realm on the shared server. */
    public static TestRealm create() {
        return builder().create();
    }

    /** A realm on the shared server, to be described. */
    public static Builder builder() {
        return on(SharedServer.get());
    }

    /** A realm to be described. */
    public static Builder on(KeycloakServer server) {
        return new Builder(server);
    }

    /** A realm that is there, made ready in some other way. */
    public static TestRealm of(KeycloakServer server, RealmAdmin admin) {
        return new TestRealm(server, admin);
    }

    /** Its name. */
    public String name() {
        return admin.name();
    }

    /**
     * Its address.
     *
     * @return for example {@code http://127.0.0.1:40123/realms/test-1}
     */
    public String url() {
        return server.baseUrl() + "/realms/" + name();
    }

    /**
     * A user to be described.
     *
     * @param username the name, unique in this realm, at least three characters
     */
    public TestUser.Builder user(String username) {
        return new TestUser.Builder(admin, username);
    }

    /** The execution of the backup codes in the bound flow, for {@link LoginClient#choose(String)}. */
    public String backupCodeExecution() {
        return admin.execution(FLOW, BackupCodesNames.AUTHENTICATOR);
    }

    /**
     * Where a browser starts to sign in to the client.
     *
     * @param more parameters, for example {@code kc_action}, {@code ui_locales}, {@code prompt}
     */
    public String signInUrl(Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", CLIENT);
        parameters.put("response_type", "code");
        parameters.put("scope", "openid");
        parameters.put("redirect_uri", TestApplication.shared().redirectUri().toString());
        parameters.putAll(more);
        return url() + "/protocol/openid-connect/auth?" + FormBody.of(parameters);
    }

    /** Where a browser starts to sign in to the client. */
    public String signInUrl() {
        return signInUrl(Map.of());
    }

    /** Where a browser starts an action that an application asks for. */
    public String actionUrl(String alias) {
        return signInUrl(Map.of("kc_action", alias));
    }

    /** The page of the account console that lists the credentials. */
    public String signingInUrl() {
        return url() + "/account/account-security/signing-in";
    }

    /**
     * A new person at a new browser, over plain HTTP.
     *
     * @param http the connections, which may be shared; it must not follow redirects
     */
    public LoginClient session(HttpClient http) {
        return session(http, server);
    }

    /** A new browser without cookies. */
    public LoginClient newBrowser() {
        return session(HTTP);
    }

    /** A new browser in which a user has entered the password. */
    public LoginClient signIn(TestUser user) {
        LoginClient client = newBrowser();
        client.signIn(user);
        return client;
    }

    /** A new browser in which a user has entered the password and the code of the authenticator app. */
    public LoginClient signInWithApp(TestUser user) {
        return signInWithApp(user, user.totp());
    }

    /** The same with an app that the test set up itself. */
    public LoginClient signInWithApp(TestUser user, Totp app) {
        LoginClient client = signIn(user);
        client.otp(app.now());
        return client;
    }

    /** A new browser in which a user is asked for a backup code. */
    public LoginClient openCodePage(TestUser user) {
        LoginClient client = signIn(user);
        client.choose(backupCodeExecution());
        return client;
    }

    /**
     * Asks for tokens with the password of a user, as an application without pages does.
     *
     * @param more what it sends besides, for example an OTP
     * @return the answer, whatever its status
     */
    public HttpResponse<String> directGrant(TestUser user, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type",
                "password",
                "client_id",
                CLIENT,
                "scope",
                "openid",
                "username",
                user.username(),
                "password",
                user.password()));
        form.putAll(more);
        return FormPost.send(url() + "/protocol/openid-connect/token", form);
    }

    /** A new browser in which a user has entered the password for an action that an application asks for. */
    public LoginClient signInFor(TestUser user, String action) {
        LoginClient client = newBrowser();
        client.open(Map.of("kc_action", action));
        client.password(user);
        return client;
    }

    /** A new browser in which a user has entered a backup code, and sees the page that follows. */
    public LoginClient enterCode(TestUser user, String code) {
        LoginClient client = openCodePage(user);
        client.enterBackupCode(code);
        return client;
    }

    /** A new browser in which a user has entered a backup code, and has passed the page that follows a valid one. */
    public LoginClient signInWith(TestUser user, String code) {
        LoginClient client = openCodePage(user);
        client.backupCode(code);
        return client;
    }

    /** A new browser in which a signed-in user sees a new set that is not saved yet. */
    public LoginClient renewCodes(TestUser user) {
        LoginClient client = signInWithApp(user);
        client.open(Map.of("kc_action", BackupCodesNames.ACTION));
        return client;
    }

    /** A user with or without an authenticator app generates a set and saves it; returns its codes from the first. */
    public List<String> generateCodes(TestUser user) {
        user.admin().require(BackupCodesNames.ACTION);
        LoginClient client = signIn(user);
        if (client.page().has(Selectors.OTP_FORM)) {
            client.otp(user.totp().now());
        }
        List<String> codes = client.page().backupCodes();
        client.saveCodes();
        if (!client.isSignedIn()) {
            throw new IllegalStateException("the codes were not saved: " + client.page());
        }
        return codes;
    }

    /** A user sets up an authenticator app. */
    public Totp setUpApp(TestUser user) {
        LoginClient client = signInFor(user, "CONFIGURE_TOTP");
        Totp app = client.setUpApp("phone");
        if (!client.isSignedIn()) {
            throw new IllegalStateException("no app was set up: " + client.page());
        }
        return app;
    }

    /**
     * A new person at a new browser who comes in through another node.
     *
     * @param http the connections, which may be shared; it must not follow redirects
     */
    public LoginClient session(HttpClient http, KeycloakServer node) {
        return new LoginClient(
                http,
                URI.create(node.baseUrl() + "/realms/" + name()),
                CLIENT,
                TestApplication.shared().redirectUri());
    }

    /** Deletes the realm. */
    @Override
    public void close() {
        admin.delete();
    }

    /** Describes a realm. */
    public static final class Builder {

        private final KeycloakServer server;
        private final Map<String, Object> settings = new LinkedHashMap<>();
        private final Map<String, String> policy = new LinkedHashMap<>();
        private boolean ready = true;
        private boolean oneField;
        private boolean codesForEverybody;

        private Builder(KeycloakServer server) {
            this.server = server;
            policy.put(ASK, "off");
            settings.put("enabled", true);
            settings.put("sslRequired", "external");
            settings.put("internationalizationEnabled", true);
            settings.put("supportedLocales", List.of("en", "de"));
            settings.put("defaultLocale", "en");
            settings.put("eventsEnabled", true);
            settings.put("adminEventsEnabled", true);
            settings.put("adminEventsDetailsEnabled", true);
            settings.put("accessTokenLifespan", 300);
            // passwords are not what is tested here, and the usual hash takes its time
            settings.put("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1000)");
            // Keycloak takes the policy as a whole or not at all; all but the last are the defaults
            settings.put("otpPolicyType", "totp");
            settings.put("otpPolicyAlgorithm", "HmacSHA1");
            settings.put("otpPolicyInitialCounter", 0);
            settings.put("otpPolicyDigits", 6);
            settings.put("otpPolicyLookAheadWindow", 1);
            settings.put("otpPolicyPeriod", Totp.PERIOD_SECONDS);
            settings.put("otpPolicyCodeReusable", true);
        }

        /** A setting of the realm. */
        public Builder with(String key, Object value) {
            settings.put(key, value);
            return this;
        }

        /** The login theme; the server's default one unless told otherwise. */
        public Builder loginTheme(String name) {
            return with("loginTheme", name);
        }

        /** With or without passkeys on Keycloak's forms for names and passwords. */
        public Builder passkeys(boolean enabled) {
            return with("webAuthnPolicyPasswordlessPasskeysEnabled", enabled);
        }

        /** A value of the policy of backup codes. */
        public Builder policy(String key, String value) {
            policy.put(key, value);
            return this;
        }

        /**
         * With a policy that has nothing but what was given here: users with a second factor are asked to make codes.
         */
        public Builder asking() {
            policy.remove(ASK);
            return this;
        }

        /** As a stock realm: neither the required action nor the flow. */
        public Builder withoutBackupCodes() {
            this.ready = false;
            return this;
        }

        /** With a policy that comes with the realm, which no one has validated; without a flow that takes codes. */
        public Builder importedPolicy(Map<String, String> config) {
            ObjectNode action =
                    Json.read("""
                    {"alias": "$", "providerId": "$", "name": "Set up backup codes", "enabled": true, "defaultAction": false,
                     "priority": 200}
                    """.replace("$", BackupCodesNames.ACTION)).deepCopy();
            action.putPOJO("config", config);
            return with("requiredActions", List.of(action)).withoutBackupCodes();
        }

        /** With one form for OTPs and backup codes, instead of Keycloak's OTP form and of the form for codes. */
        public Builder oneField() {
            this.oneField = true;
            return this;
        }

        /**
         * With a flow, bound to nothing, that requests codes without a second factor: users who have none can generate codes, and
         * sign in as they do in other realms.
         */
        public Builder codesForEverybody() {
            this.codesForEverybody = true;
            return this;
        }

        /** Makes the realm. */
        public TestRealm create() {
            String name = "test-" + COUNT.incrementAndGet() + "-" + Long.toString(System.nanoTime(), 36);
            settings.putIfAbsent("realm", name);
            RealmAdmin admin = server.admin().createRealm(settings);
            admin.post("/clients", Json.read("""
                    {"clientId": "%s", "publicClient": true, "redirectUris": ["%s"], "webOrigins": ["+"],
                     "standardFlowEnabled": true, "directAccessGrantsEnabled": true}
                    """.formatted(
                            CLIENT, TestApplication.shared().redirectUri())));
            if (ready) {
                addBackupCodes(admin);
            }
            if (codesForEverybody) {
                admin.copyFlow("first broker login", "after a broker");
                admin.addExecution("after a broker", BackupCodesNames.AUTHENTICATOR, "REQUIRED");
            }
            return new TestRealm(server, admin);
        }

        private void addBackupCodes(RealmAdmin admin) {
            admin.registerRequiredAction(BackupCodesNames.ACTION);
            if (!policy.isEmpty()) {
                admin.configureCodes(policy);
            }
            admin.copyFlow("browser", FLOW);
            if (oneField) {
                admin.requireExecution(FLOW, admin.execution(FLOW, "auth-otp-form"), "DISABLED");
                admin.addExecution(SECOND_FACTOR_FLOW, BackupCodesNames.ONE_FIELD, "ALTERNATIVE");
            } else {
                admin.addExecution(SECOND_FACTOR_FLOW, BackupCodesNames.AUTHENTICATOR, "ALTERNATIVE");
            }
            admin.bindBrowserFlow(FLOW);
        }
    }
}
