package io.github.backupcodes.signin;

import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.UserBackupCodes;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** How the list of ways to sign in shows the form: as Keycloak's OTP form, and with the backup codes for who has some. */
final class OtpOrBackupCodeCredentialProvider extends OTPCredentialProvider {

    OtpOrBackupCodeCredentialProvider(KeycloakSession session) {
        super(session);
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext metadataContext) {
        CredentialTypeMetadata otp = super.getCredentialTypeMetadata(metadataContext);
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        UserModel user = signIn == null ? null : signIn.getAuthenticatedUser();
        if (user == null || !takesCodes(user)) {
            return otp;
        }
        return CredentialTypeMetadata.builder()
                .type(otp.getType())
                .category(otp.getCategory())
                .displayName("backup-code-or-otp-display-name")
                .helpText("backup-code-or-otp-help-text")
                .iconCssClass(otp.getIconCssClass())
                .removeable(otp.isRemoveable())
                .build(session);
    }

    private boolean takesCodes(UserModel user) {
        UserBackupCodes codes = BackupCodesCredentialProvider.of(session).codes(user);
        return codes.haveBeenGenerated() || codes.temporary().isUnused();
    }
}
