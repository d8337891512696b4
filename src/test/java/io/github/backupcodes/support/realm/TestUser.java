package io.github.backupcodes.support.realm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user of a test realm, and what that person knows.
 *
 * @param username the name to sign in with
 * @param password the password
 * @param admin the user's administration
 */
public record TestUser(
        String username, String password, @Nullable Totp totp, UserAdmin admin) {

    /** A security key as a credential, which no one has. */
    public static final Map<String, Object> SECURITY_KEY = Map.of(
            "type", "webauthn",
            "userLabel", "key",
            "secretData", "{}",
            "credentialData", "{\"counter\":0,\"credentialId\":\"AA\",\"transports\":[]}");

    /** The password of users who were given no other. */
    public static final String PASSWORD = "correct horse battery staple";

    /** The user's id. */
    public String id() {
        return admin.id();
    }

    /** The authenticator app. */
    @Override
    public Totp totp() {
        Totp app = totp;
        if (app == null) {
            throw new IllegalStateException(username + " has no authenticator app");
        }
        return app;
    }

    /** Describes a user. E-mail, first and last name are filled in, so that no sign-in stops to ask for them. */
    public static final class Builder {

        private final RealmAdmin realm;
        private final String username;
        private final Map<String, Object> more = new LinkedHashMap<>();
        private final List<String> actions = new ArrayList<>();
        private final Map<String, List<String>> attributes = new LinkedHashMap<>();
        private final List<Map<String, Object>> ready = new ArrayList<>();
        private String password = PASSWORD;
        private @Nullable Totp totp;

        Builder(RealmAdmin realm, String username) {
            this.realm = realm;
            this.username = username;
        }

        /** The password; there is a usual one. */
        public Builder password(String text) {
            this.password = text;
            return this;
        }

        /** With an authenticator app already set up. */
        public Builder otp() {
            return otp(Totp.random());
        }

        /** With this authenticator app already set up. */
        public Builder otp(Totp app) {
            this.totp = app;
            return this;
        }

        /** With backup codes already made. */
        public Builder codes(TestCodeSet codes) {
            return credential(codes.credential());
        }

        /** With codes by e-mail to the usual address. */
        public Builder emailCode() {
            return emailCode(TestEmailCode.to(username + "@example.org"));
        }

        /** With codes by e-mail. */
        public Builder emailCode(TestEmailCode codes) {
            return credential(codes.credential());
        }

        /** With codes by text message to a number in E.164. */
        public Builder smsCode(String number) {
            return credential(TestSmsCode.to(number).credential());
        }

        /** With one more credential. */
        public Builder credential(Map<String, Object> representation) {
            this.ready.add(representation);
            return this;
        }

        /** With something to do at the next sign-in. */
        public Builder requiredAction(String alias) {
            this.actions.add(alias);
            return this;
        }

        /** With new codes to generate at the next sign-in. */
        public Builder mustGenerateCodes() {
            return requiredAction(BackupCodesNames.ACTION);
        }

        /** With login verification to set up at the next sign-in. */
        public Builder mustSetUpVerification() {
            return requiredAction(BackupCodesNames.VERIFICATION);
        }

        /** With a language of choice. */
        public Builder locale(String tag) {
            this.attributes.put("locale", List.of(tag));
            return this;
        }

        /** With more fields. */
        public Builder with(String key, Object value) {
            this.more.put(key, value);
            return this;
        }

        /** Makes the user. */
        public TestUser create() {
            Map<String, Object> user = new LinkedHashMap<>();
            user.put("username", username);
            user.put("enabled", true);
            user.put("email", username + "@example.org");
            user.put("emailVerified", true);
            user.put("firstName", "First-" + username);
            user.put("lastName", "Last-" + username);
            user.put("requiredActions", actions);
            user.put("attributes", attributes);
            List<Map<String, Object>> credentials = new ArrayList<>();
            credentials.add(Map.of("type", "password", "value", password, "temporary", false));
            Totp app = totp;
            if (app != null) {
                credentials.add(app.credential());
            }
            credentials.addAll(ready);
            user.put("credentials", credentials);
            user.putAll(more);
            return new TestUser(username, password, app, realm.createUser(user));
        }
    }
}
