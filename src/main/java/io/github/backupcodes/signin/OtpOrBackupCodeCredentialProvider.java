package io.github.backupcodes.signin;

import io.github.backupcodes.credential.UserBackupCodes;
import java.util.Optional;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Describes the form on the list of authenticators: like Keycloak's OTP form, and with backup codes for users who have some. */
final class OtpOrBackupCodeCredentialProvider extends OTPCredentialProvider {

    OtpOrBackupCodeCredentialProvider(KeycloakSession session) {
        super(session);
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext metadataContext) {
        CredentialTypeMetadata otp = super.getCredentialTypeMetadata(metadataContext);
        Optional<UserBackupCodes> codes = CodeLoginEligibility.userOfLogin(session)
                .filter(this::hasCodes)
                .map(user -> UserBackupCodes.of(session, user));
        if (codes.isEmpty()) {
            return otp;
        }
        boolean temporaryAlone = CodeAvailability.of(codes.get()).temporaryAlone();
        return CredentialTypeMetadata.builder()
                .type(otp.getType())
                .category(otp.getCategory())
                .displayName(
                        temporaryAlone
                                ? "backup-code-or-otp-temporary-display-name"
                                : "backup-code-or-otp-display-name")
                .helpText(temporaryAlone ? "backup-code-or-otp-temporary-help-text" : "backup-code-or-otp-help-text")
                .iconCssClass(otp.getIconCssClass())
                .removeable(otp.isRemoveable())
                .build(session);
    }

    private boolean hasCodes(UserModel user) {
        UserBackupCodes codes = UserBackupCodes.of(session, user);
        return codes.haveBeenGenerated() || codes.temporary().isUnused();
    }
}
