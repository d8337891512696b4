package io.github.backupcodes.flows;

import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestUser;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A flow, and how a person goes through it.
 *
 * @param start   brings a user to where the second factor is asked for, if it is
 * @param end     whether the session that is open is at the end
 */
record FlowScenario(
        String name, Function<TestUser, LoginClient> start, Predicate<LoginClient> end, Set<UserProfile> holders) {

    /** A way to sign in to an application, for users of every kind. */
    static FlowScenario in(String name, Function<TestUser, LoginClient> start) {
        return new FlowScenario(name, start, LoginClient::isSignedIn, EnumSet.allOf(UserProfile.class));
    }

    /** The same with another end. */
    FlowScenario endingWith(Predicate<LoginClient> other) {
        return new FlowScenario(name, start, other, holders);
    }

    /** The same for some users only. */
    FlowScenario forUsersWith(UserProfile first, UserProfile... more) {
        return new FlowScenario(name, start, end, EnumSet.of(first, more));
    }
}
