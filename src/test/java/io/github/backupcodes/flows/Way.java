package io.github.backupcodes.flows;

import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.TestUser;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A flow, and how a person goes through it.
 *
 * @param name    as the tables call it
 * @param start   brings a user to where the second factor is asked for, if it is
 * @param end     whether the session at hand is at the end
 * @param holders who goes through it
 */
record Way(String name, Function<TestUser, LoginClient> start, Predicate<LoginClient> end, Set<Holder> holders) {

    /** A way to sign in to an application, for users of every kind. */
    static Way in(String name, Function<TestUser, LoginClient> start) {
        return new Way(name, start, LoginClient::isSignedIn, EnumSet.allOf(Holder.class));
    }

    /** The same with another end. */
    Way endingWith(Predicate<LoginClient> other) {
        return new Way(name, start, other, holders);
    }

    /** The same for some users only. */
    Way forUsersWith(Holder first, Holder... more) {
        return new Way(name, start, end, EnumSet.of(first, more));
    }
}
