package io.github.backupcodes.signin;

import io.github.backupcodes.support.CredentialTypes;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Makes the authenticator {@code otp-or-backup-code-form}, which takes the place of Keycloak's OTP form in a flow. */
public final class OtpOrBackupCodeFormAuthenticatorFactory implements CodeFormAuthenticatorFactory {

    /** The id of the authenticator. */
    public static final String ID = "otp-or-backup-code-form";

    private static final OtpOrBackupCodeFormAuthenticator FORM = new OtpOrBackupCodeFormAuthenticator();
    private static final BackupCodeFormAuthenticator CODES_ALONE = new BackupCodeFormAuthenticator();

    /**
     * Keycloak asks users for an OTP where it stands among their credentials, and lets nobody choose it who has none. Who has
     * codes beside another second factor gets the form for codes, which comes last.
     */
    @Override
    public Authenticator create(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        UserModel user = signIn == null ? null : signIn.getAuthenticatedUser();
        return user != null && !hasOtp(user) && CODES_ALONE.configuredFor(session, realm, user) ? CODES_ALONE : FORM;
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

    /** As the OTP form: Keycloak counts failures by it, and deleting an OTP asks for its level. */
    @Override
    public String getReferenceCategory() {
        return OTPCredentialModel.TYPE;
    }

    /** Codes; and where these are accepted the account console offers to turn login verification on. */
    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Set.of(CredentialTypes.BACKUP_CODES, CredentialTypes.LOGIN_VERIFICATION);
    }
}
