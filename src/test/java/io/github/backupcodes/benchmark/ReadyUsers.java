package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Many users who know the same: each has a copy of what one user has set up. So nothing is hashed but once, codes are made by
 * the real page under the settings of the realm, and every user has rows of their own. Threads may share them.
 *
 * <p>Codes are handed out in turn, first the first of everybody, then the second: no user has two sign-ins at once, and codes
 * that only work in their order are typed in it. Four of ten stay, so that nothing is said about few that are left.
 */
final class ReadyUsers {

    private static final int CODES_EACH = 6;
    private static final String PREFIX = "ready-";

    private final TestUser first;
    private final IntFunction<String> codes;
    private final int count;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger visits = new AtomicInteger();

    private ReadyUsers(TestUser first, IntFunction<String> codes, int count) {
        this.first = first;
        this.codes = codes;
        this.count = count;
    }

    /** How many users a number of sign-ins with a code needs. */
    static int forCodes(int signIns) {
        return (signIns + CODES_EACH - 1) / CODES_EACH;
    }

    /** Users with a password alone. */
    static ReadyUsers withPassword(DatabaseStatistics database, TestRealm realm, int count) {
        return copies(database, realm, realm.user("first").create(), position -> "", count);
    }

    /** Users with an authenticator app. */
    static ReadyUsers withOtp(DatabaseStatistics database, TestRealm realm, int count) {
        return copies(database, realm, realm.user("first").otp().create(), position -> "", count);
    }

    /** Users with an authenticator app and recovery codes of Keycloak's own. */
    static ReadyUsers withRecoveryCodes(DatabaseStatistics database, TestRealm realm, int count) {
        TestRecoveryCodes made = TestRecoveryCodes.now();
        TestUser user = realm.user("first").otp().credential(made.credential()).create();
        return copies(database, realm, user, made::code, count);
    }

    /** Users with an authenticator app and backup codes, made by the action of the realm, which is on. */
    static ReadyUsers withBackupCodes(DatabaseStatistics database, TestRealm realm, int count) {
        TestUser user = realm.user("first").otp().mustGenerateCodes().create();
        LoginClient client = realm.session(LoginClient.connections());
        client.signIn(user);
        HttpPage page = client.otp(user.totp().now());
        List<String> made = page.backupCodes();
        client.saveCodes();
        if (made.size() < CODES_EACH || !client.isSignedIn()) {
            throw new IllegalStateException("no codes: " + client.page());
        }
        return copies(database, realm, user, made::get, count);
    }

    private static ReadyUsers copies(
            DatabaseStatistics database, TestRealm realm, TestUser first, IntFunction<String> codes, int count) {
        List<Map<String, Object>> credentials = database.credentials(first.id());
        List<Map<String, Object>> users = IntStream.range(0, count)
                .mapToObj(number -> Map.<String, Object>of(
                        "username",
                        PREFIX + number,
                        "enabled",
                        true,
                        "email",
                        PREFIX + number + "@example.com",
                        "firstName",
                        "First",
                        "lastName",
                        "Last",
                        "credentials",
                        credentials))
                .toList();
        realm.admin().post("/partialImport", Map.of("ifResourceExists", "FAIL", "users", users));
        return new ReadyUsers(first, codes, count);
    }

    /** The next one, with a code that has not been handed out. */
    Ready next() {
        int number = turn.getAndIncrement();
        if (number >= count * CODES_EACH) {
            throw new IllegalStateException(count + " users have no codes left");
        }
        return ready(number % count, number / count);
    }

    /** The next one, who is asked for no code that can be used up, again and again. */
    Ready again() {
        return ready(visits.getAndIncrement() % count, 0);
    }

    private Ready ready(int user, int code) {
        return new Ready(PREFIX + user, first.password(), first, codes.apply(code));
    }

    /** A user who can sign in. */
    record Ready(String username, String password, TestUser twin, String code) {

        Totp totp() {
            return twin.totp();
        }

        @Override
        public String toString() {
            return "Ready[" + username + "]";
        }
    }
}
