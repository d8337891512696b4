package io.github.backupcodes.loginverification;

import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.support.RequiredActionAssignment;
import io.github.backupcodes.support.StoredTimestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * Putting login verification off. When a user was asked first, and when the user put it off, are attributes of the user: they
 * hold for all sessions and nodes. While it is put off the required action is taken away from the user, for one that waits
 * would make each silent sign-in ({@code prompt=none}) fail; the sign-in in which it is due again brings it back.
 */
final class LoginVerificationPostponement {

    private static final String FIRST_ASKED = "login-verification-first-asked";
    private static final String PUT_OFF = "login-verification-put-off";

    /** That it was put off in this sign-in: all there is for a user who cannot be changed. */
    private static final String NOTE = "login-verification.put-off";

    private final UserModel user;
    private final AuthenticationSessionModel signIn;
    private final RealmModel realm;
    private final RequiredActionAssignment action;

    LoginVerificationPostponement(RequiredActionContext context) {
        this.user = context.getUser();
        this.signIn = context.getAuthenticationSession();
        this.realm = context.getRealm();
        this.action = new RequiredActionAssignment(LoginVerificationPolicy.REQUIRED_ACTION, context);
    }

    /** Takes note that the user is asked, the first time, where the time to put it off counts from then. */
    void remember() {
        if (!policy().grace().isZero() && timestamp(FIRST_ASKED).isEmpty()) {
            keep(FIRST_ASKED);
        }
    }

    /** Until when it can be put off, if it still can. */
    Optional<Instant> end() {
        return endOfGrace().filter(end -> end.isAfter(Instant.now()));
    }

    /** Puts it off. */
    void putOff() {
        signIn.setAuthNote(NOTE, "true");
        action.removeFromSignIn();
        if (keep(PUT_OFF)) {
            action.removeFromUser();
        }
    }

    /** Whether it was put off in this sign-in. */
    boolean isOfThisSignIn() {
        return signIn.getAuthNote(NOTE) != null;
    }

    /**
     * Whether the user has to be asked, though it is not required: it was put off at some time, and the pause is over; or
     * everybody is asked.
     */
    boolean isDue() {
        if (isOfThisSignIn()) {
            return false;
        }
        Optional<Instant> putOff = timestamp(PUT_OFF);
        return putOff.isEmpty()
                ? policy().asksEverybody()
                : end().isEmpty() || !putOff.get().plus(policy().reminder()).isAfter(Instant.now());
    }

    /** Forgets everything: there is nothing left to put off. */
    void forget() {
        if (user.getFirstAttribute(FIRST_ASKED) == null && user.getFirstAttribute(PUT_OFF) == null) {
            return;
        }
        try {
            user.removeAttribute(FIRST_ASKED);
            user.removeAttribute(PUT_OFF);
        } catch (ReadOnlyException e) {
            // then they are the storage's, and mean nothing
        }
    }

    /** Read when it is needed: most sign-ins are of users who have put nothing off. */
    private LoginVerificationPolicy policy() {
        return LoginVerificationPolicy.of(realm);
    }

    private Optional<Instant> endOfGrace() {
        return policy().endOfGrace(timestamp(FIRST_ASKED).orElseGet(Instant::now), ZoneId.systemDefault());
    }

    /** Whether it was kept: not where the user cannot be changed, who is then asked in each sign-in. */
    private boolean keep(String attribute) {
        try {
            user.setSingleAttribute(attribute, Instant.now().toString());
            return true;
        } catch (ReadOnlyException e) {
            return false;
        }
    }

    private Optional<Instant> timestamp(String attribute) {
        return StoredTimestamp.parse(user.getFirstAttribute(attribute));
    }
}
