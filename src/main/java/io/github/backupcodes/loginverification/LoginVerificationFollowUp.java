package io.github.backupcodes.loginverification;

import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.loginstrength.LoginVerificationActivation;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.RequiredActionAssignment;
import java.time.Instant;
import org.keycloak.authentication.RequiredActionContext;

/**
 * Requires backup codes once a user has set up the first second factor. It does so in the transaction that saves the factor, so
 * that users who leave the page are asked for codes at their next sign-in.
 */
final class LoginVerificationFollowUp {

    private final RequiredActionContext context;
    private final LoginVerificationActivation activation;

    LoginVerificationFollowUp(RequiredActionContext context) {
        this.context = context;
        this.activation = new LoginVerificationActivation(context);
    }

    /** Notes that the user has no second factor. */
    void noteInactive() {
        activation.noteInactive();
    }

    /**
     * Notes that the user has one now, and requires backup codes if the realm offers them. Users who had a weaker one keep the codes that
     * they have.
     */
    void onActivated(LoginVerificationStatus verification) {
        boolean first = activation.inactiveSince().isPresent();
        if (first) {
            activation.noteActivated();
        }
        if (areCodesOffered(verification) && !(first ? hasCodesOfThisSignIn() : hasWorkingCodes())) {
            codesAction().addToUser();
        }
    }

    /** Whether users of the realm can generate codes and sign in with them. */
    boolean areCodesOffered(LoginVerificationStatus verification) {
        return codesAction().isEnabled() && verification.accepts(CredentialTypes.BACKUP_CODES);
    }

    private RequiredActionAssignment codesAction() {
        return new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context);
    }

    private boolean hasWorkingCodes() {
        return UserBackupCodes.of(context.getSession(), context.getUser())
                .cachedSet()
                .filter(set -> set.hasWorkingCodes(Instant.now()))
                .isPresent();
    }

    /**
     * A set that is younger than the note of this sign-in belongs to the new factor. Any other may be from the time of an
     * earlier factor, because nothing records when a user removed the last one: such lists are forgotten, and are replaced.
     */
    private boolean hasCodesOfThisSignIn() {
        return activation
                .inactiveSince()
                .flatMap(since -> UserBackupCodes.of(context.getSession(), context.getUser())
                        .cachedSet()
                        .filter(set -> !set.createdAt().isBefore(since)))
                .isPresent();
    }
}
