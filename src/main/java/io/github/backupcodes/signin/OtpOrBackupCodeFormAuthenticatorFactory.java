package io.github.backupcodes.signin;

import io.github.backupcodes.support.CredentialTypes;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;

/** Creates the authenticator {@code otp-or-backup-code-form}, which replaces Keycloak's OTP form in a flow. */
public final class OtpOrBackupCodeFormAuthenticatorFactory implements CodeFormAuthenticatorFactory {

    /** The id of the authenticator. */
    public static final String ID = "otp-or-backup-code-form";

    private static final OtpOrBackupCodeFormAuthenticator FORM = new OtpOrBackupCodeFormAuthenticator();
    private static final BackupCodeFormAuthenticator CODES_ALONE = new BackupCodeFormAuthenticator();
    private static final BackupCodeFormAuthenticator RESUMED = new ResumedLoginAuthenticator();

    /**
     * Keycloak sorts the form by the place of the OTP among the user's credentials, and offers it only to users with an OTP. Users with
     * codes beside another second factor get the form for codes, which comes last.
     */
    @Override
    public Authenticator create(KeycloakSession session) {
        return CodeLoginEligibility.userOfLogin(session)
                .map(user -> form(session, user))
                .orElse(FORM);
    }

    private static Authenticator form(KeycloakSession session, UserModel user) {
        if (InterruptedTemporaryLogin.of(session, user).isPresent()) {
            return RESUMED;
        }
        boolean codesAlone = !hasOtp(user)
                && CODES_ALONE.configuredFor(session, session.getContext().getRealm(), user);
        return codesAlone ? CODES_ALONE : FORM;
    }

    private static boolean hasOtp(UserModel user) {
        return user.credentialManager().isConfiguredFor(OTPCredentialModel.TYPE);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "OTP or Backup Code";
    }

    @Override
    public String getHelpText() {
        return "Accepts an OTP or a one-time backup code in one field. Use it instead of the OTP form.";
    }

    /** The category of the OTP form: Keycloak counts failures by it, and requires its level to delete an OTP. */
    @Override
    public String getReferenceCategory() {
        return OTPCredentialModel.TYPE;
    }

    /** Codes; and if codes are accepted, the account console offers to turn login verification on. */
    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Set.of(CredentialTypes.BACKUP_CODES, CredentialTypes.LOGIN_VERIFICATION);
    }
}
