package io.github.backupcodes.emailcode;

import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** The mail address of an account, in the one form in which it is stored and compared. */
final class EmailAddress {

    private EmailAddress() {}

    /** The verified address of a user, in lower case; empty if there is none. */
    static Optional<String> verifiedOf(UserModel user) {
        return Optional.of(user).filter(UserModel::isEmailVerified).flatMap(EmailAddress::of);
    }

    /** The address of a user, verified or not; empty if there is none. */
    static Optional<String> of(UserModel user) {
        return Optional.ofNullable(user.getEmail())
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(address -> address.toLowerCase(Locale.ROOT));
    }

    /**
     * The address as it is shown to somebody who knows it: the first character and the domain, isolated from the text around it, which
     * may be read from right to left.
     */
    static String masked(String address) {
        int at = address.lastIndexOf('@');
        String shown =
                at < 1 ? "•••" : address.substring(0, address.offsetByCodePoints(0, 1)) + "•••" + address.substring(at);
        return "\u2068" + shown + "\u2069";
    }
}
