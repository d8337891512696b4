package io.github.backupcodes.loginverification;

import io.github.backupcodes.loginstrength.PasswordOnlyLoginCheck;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.support.RequiredActionRedirect;
import io.github.backupcodes.support.UserStorages;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.authentication.RequiredActionContext;

/** Skips login verification in a sign-in in which it is requested but not possible. */
final class LoginVerificationSkip {

    private static final Logger LOG = Logger.getLogger(LoginVerificationSkip.class);
    private static final String NOTE = "login-verification.passed-over";

    private LoginVerificationSkip() {}

    /** The reason why the user cannot be asked, for the log; empty if it is possible. */
    static Optional<String> obstacle(RequiredActionContext context, LoginVerificationStatus verification) {
        if (verification.isOn()) {
            if (!new SignInStrength(context).hasNeededRank()) {
                return Optional.of("the user has a second factor, and has not used it");
            }
        } else if (verification.isOnAnywhere()) {
            return Optional.of("the user has a second factor, but the flow of this client does not accept it");
        }
        if (new PasswordOnlyLoginCheck(context).areCodesAskedAlone() && !new SignInStrength(context).suffices()) {
            return Optional.of("the user has backup codes that are requested on their own, and has not entered one");
        }
        if (!new UserStorages(context.getUser()).canBeChanged()) {
            return Optional.of("the storage of the user is read-only");
        }
        return verification.offered().isEmpty()
                ? Optional.of(
                        "the realm offers no second factor: none has both an enabled required action that creates it and an"
                                + " enabled execution in the browser flow that accepts it")
                : Optional.empty();
    }

    /** Whether it was skipped in this sign-in. */
    static boolean wasSkipped(RequiredActionContext context) {
        return context.getAuthenticationSession().getAuthNote(NOTE) != null;
    }

    /** Skips it, and logs the reason. */
    static void skip(String obstacle, RequiredActionContext context) {
        LOG.infof(
                "Login verification skipped for user %s in realm %s: %s.",
                context.getUser().getId(), context.getRealm().getName(), obstacle);
        continueLogin(context);
    }

    /**
     * Continues in another request: asking a storage whether it is read-only removes the user from the cache, and not
     * every storage shows the other actions of the same request as much of the user as the cache does.
     */
    static void continueLogin(RequiredActionContext context) {
        context.getAuthenticationSession().setAuthNote(NOTE, "true");
        context.challenge(RequiredActionRedirect.from(context));
    }
}
