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
 * Stores that a user has postponed login verification. When the user was first asked, and when the user postponed it,
 * are attributes of the user, for all sessions and nodes. While it is postponed the required action is not assigned to
 * the user, because a pending action would make each silent sign-in ({@code prompt=none}) fail; the sign-in in which it
 * is due assigns it again.
 */
final class LoginVerificationPostponement {

    private static final String FIRST_ASKED = "login-verification-first-asked";
    private static final String PUT_OFF = "login-verification-put-off";

    /** Marks a sign-in in which it was postponed: the only record for a user of a read-only storage. */
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

    /** Records when the user is first asked, if the period for postponing it starts then. */
    void remember() {
        if (!policy().grace().isZero() && timestamp(FIRST_ASKED).isEmpty()) {
            saveNow(FIRST_ASKED);
        }
    }

    /** Until when it can be postponed; empty if it cannot. */
    Optional<Instant> end() {
        return endOfGrace().filter(end -> end.isAfter(Instant.now()));
    }

    /** Postpones it. */
    void putOff() {
        signIn.setAuthNote(NOTE, "true");
        action.removeFromSignIn();
        if (saveNow(PUT_OFF)) {
            action.removeFromUser();
        }
    }

    /** Whether it was postponed in this sign-in. */
    boolean isOfThisSignIn() {
        return signIn.getAuthNote(NOTE) != null;
    }

    /** Whether it was postponed, in this sign-in or before, and the reminder is not due yet. */
    boolean isRunning() {
        return isOfThisSignIn() || (timestamp(PUT_OFF).isPresent() && !isDue());
    }

    /**
     * Whether to ask the user although it is not assigned: it was postponed and the reminder is due; or all users are
     * asked.
     */
    boolean isDue() {
        if (isOfThisSignIn()) {
            return false;
        }
        Optional<Instant> postponedAt = timestamp(PUT_OFF);
        return postponedAt.isEmpty()
                ? policy().asksEverybody()
                : end().isEmpty()
                        || !postponedAt.get().plus(policy().reminder()).isAfter(Instant.now());
    }

    /** Whether the reminder is due, or nothing was postponed, however long it can be postponed. */
    boolean isReminderDue() {
        return timestamp(PUT_OFF)
                .filter(postponedAt -> postponedAt.plus(policy().reminder()).isAfter(Instant.now()))
                .isEmpty();
    }

    /** Removes the attributes, when there is nothing left to postpone. */
    void forget() {
        if (user.getFirstAttribute(FIRST_ASKED) == null && user.getFirstAttribute(PUT_OFF) == null) {
            return;
        }
        try {
            user.removeAttribute(FIRST_ASKED);
            user.removeAttribute(PUT_OFF);
        } catch (ReadOnlyException e) {
            // then they belong to the storage, and mean nothing here
        }
    }

    /** Read only when needed, because most users have postponed nothing. */
    private LoginVerificationPolicy policy() {
        return LoginVerificationPolicy.of(realm);
    }

    private Optional<Instant> endOfGrace() {
        return policy().endOfGrace(timestamp(FIRST_ASKED).orElseGet(Instant::now), ZoneId.systemDefault());
    }

    /**
     * Stores the current time. Returns false if the user's storage is read-only; such users are asked in each sign-in.
     */
    private boolean saveNow(String attribute) {
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
