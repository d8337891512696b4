package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.realm.RealmAdmin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Users who sign in once each, so that no limit of sending, no gap between two messages and no used OTP plays a part.
 *
 * @param prefix of their names
 * @param count  how many there are
 * @param turn   how many have signed in
 */
record BenchmarkUsers(String prefix, int count, AtomicInteger turn) {

    /**
     * Imports users.
     *
     * @param password   the stored credentials that all have
     * @param credential the second factor of a user, by the name
     */
    static BenchmarkUsers in(
            RealmAdmin realm,
            String prefix,
            int count,
            List<Map<String, Object>> password,
            Function<String, Map<String, Object>> credential) {
        List<Map<String, Object>> users = IntStream.range(0, count)
                .mapToObj(number -> prefix + number)
                .map(name -> Map.<String, Object>of(
                        "username",
                        name,
                        "enabled",
                        true,
                        "email",
                        address(name),
                        "emailVerified",
                        true,
                        "firstName",
                        "First",
                        "lastName",
                        "Last",
                        "credentials",
                        Stream.concat(password.stream(), Stream.of(credential.apply(name)))
                                .toList()))
                .toList();
        realm.post("/partialImport", Map.of("ifResourceExists", "FAIL", "users", users));
        return new BenchmarkUsers(prefix, count, new AtomicInteger());
    }

    /** The verified address of a user. */
    static String address(String name) {
        return name + "@example.org";
    }

    /** The name of the next user. */
    String next() {
        int number = turn.getAndIncrement();
        if (number >= count) {
            throw new IllegalStateException("no users left");
        }
        return prefix + number;
    }
}
