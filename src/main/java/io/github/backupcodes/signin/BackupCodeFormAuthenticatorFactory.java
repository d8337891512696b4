package io.github.backupcodes.signin;

import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.support.CredentialTypes;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Creates the authenticator {@code backup-code-form} for browser and reset flows. */
public final class BackupCodeFormAuthenticatorFactory implements CodeFormAuthenticatorFactory {

    /** The id of the authenticator. */
    public static final String ID = "backup-code-form";

    /** The setting of the execution that requests codes of users without a second factor: {@code true} or {@code false}. */
    public static final String ASK_WITHOUT_SECOND_FACTOR = CodeLoginEligibility.WITHOUT_SECOND_FACTOR;

    private static final BackupCodeFormAuthenticator OFFERED = new BackupCodeFormAuthenticator();
    private static final BackupCodeFormAuthenticator TEMPORARY = new TemporaryCodeFormAuthenticator();
    private static final BackupCodeFormAuthenticator RESUMED = new ResumedLoginAuthenticator();
    private static final BackupCodeFormAuthenticator HIDDEN = new NotSelectableBackupCodeFormAuthenticator();

    /** The form for the user who is signing in, or one that Keycloak keeps off its list of choices. */
    @Override
    public Authenticator create(KeycloakSession session) {
        return CodeLoginEligibility.userOfLogin(session)
                .map(user -> form(session, user))
                .orElse(HIDDEN);
    }

    private static BackupCodeFormAuthenticator form(KeycloakSession session, UserModel user) {
        if (InterruptedTemporaryLogin.of(session, user).isPresent()) {
            return RESUMED;
        }
        if (!OFFERED.configuredFor(session, session.getContext().getRealm(), user)) {
            return HIDDEN;
        }
        UserBackupCodes codes = UserBackupCodes.of(session, user);
        boolean temporaryAlone = codes.temporary().worksUntil().isPresent()
                && CodeAvailability.of(codes).temporaryAlone();
        return temporaryAlone && TemporaryCodeFormAuthenticator.keepsOrder(user) ? TEMPORARY : OFFERED;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Backup Code";
    }

    @Override
    public String getHelpText() {
        return "Accepts a one-time backup code instead of the second factor. Place it as an alternative beside the OTP"
                + " form; it is offered after the others, and only to users who have backup codes.";
    }

    /** A category of its own: the account console lists the type by it, and deleting codes asks for its level. */
    @Override
    public String getReferenceCategory() {
        return CredentialTypes.BACKUP_CODES;
    }

    /** If codes are accepted, the account console offers to turn login verification on. */
    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Set.of(CredentialTypes.LOGIN_VERIFICATION);
    }
}
