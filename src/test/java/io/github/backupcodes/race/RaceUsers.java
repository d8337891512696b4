package io.github.backupcodes.race;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.realm.AdminException;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.Totp;
import io.github.backupcodes.support.realm.UserAdmin;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Users of one kind in a realm of their own. */
abstract class RaceUsers implements AutoCloseable {

    /** In these realms no code in vain brings a pause: who loses a race, or tries all codes again, is no guesser. */
    static final int MAX_FAILURES = 0;

    /** How many do where the limit is raced for: fewer than there are sessions. */
    static final int FEW_FAILURES = 5;

    static final String PASSWORD = "correct horse battery staple";

    private final TestRealm realm;
    private int count;
    private volatile @Nullable String execution;

    RaceUsers(KeycloakServer server) {
        realm = TestRealm.on(server)
                // the races are about codes: passwords cost next to nothing
                .with("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)")
                .policy("max-failures", String.valueOf(MAX_FAILURES))
                .create();
    }

    TestRealm realm() {
        return realm;
    }

    /** What comes of something that is done with another limit on codes in vain. */
    <T> T withLimit(int failures, Supplier<T> action) {
        limit(failures);
        try {
            return action.get();
        } finally {
            limit(MAX_FAILURES);
        }
    }

    private void limit(int failures) {
        realm.admin().configureCodes(Map.of("max-failures", String.valueOf(failures)));
    }

    /** A new one with that many codes. */
    RaceUser member(int codes, boolean cheap) {
        String username = name(++count);
        UserAdmin admin = make(username);
        Totp totp = Totp.random();
        TestCodeSet known = cheap ? TestCodeSet.cheap(codes) : TestCodeSet.of(codes);
        admin.update(Map.of("credentials", List.of(totp.credential(), known.credential())));
        return new RaceUser(username, PASSWORD, totp, known, admin);
    }

    /** A new one with recovery codes of Keycloak's own, and no set of ours. */
    RaceUser member(TestRecoveryCodes codes) {
        String username = name(++count);
        UserAdmin admin = make(username);
        Totp totp = Totp.random();
        admin.update(Map.of("credentials", List.of(totp.credential(), codes.credential())));
        return new RaceUser(username, PASSWORD, totp, TestCodeSet.of(1), admin);
    }

    /** A new one with an authenticator app alone. */
    RaceUser member() {
        String username = name(++count);
        UserAdmin admin = make(username);
        Totp totp = Totp.random();
        admin.update(Map.of("credentials", List.of(totp.credential())));
        return new RaceUser(username, PASSWORD, totp, TestCodeSet.of(1), admin);
    }

    String name(int number) {
        return "user-" + number;
    }

    /** Makes the user, with {@link #PASSWORD}. */
    abstract UserAdmin make(String username);

    /** A sign-in at a node, come to the page that asks for the second factor. */
    LoginClient secondFactor(HttpClient http, KeycloakServer node, RaceUser user, Map<String, String> parameters) {
        LoginClient client = realm.session(http, node);
        client.open(parameters);
        client.password(user.username(), user.password());
        return client;
    }

    /** A sign-in at a node, come to the page that asks for a backup code. */
    LoginClient codePage(HttpClient http, KeycloakServer node, RaceUser user) {
        LoginClient client = secondFactor(http, node, user, Map.of());
        client.choose(execution());
        return client;
    }

    /** Asked for once: during a fault the admin REST may not answer. */
    String execution() {
        String known = execution;
        if (known == null) {
            known = realm.backupCodeExecution();
            execution = known;
        }
        return known;
    }

    /** Up to Keycloak 26.5, where two nodes know a realm with a storage of its own, its end is reported as a failure. */
    @Override
    public void close() {
        try {
            realm.close();
        } catch (AdminException e) {
            if (BuildFiles.isKeycloakSince("26.6")) {
                throw e;
            }
        }
    }
}
