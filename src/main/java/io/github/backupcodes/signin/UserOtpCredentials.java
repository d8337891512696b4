package io.github.backupcodes.signin;

import io.github.backupcodes.code.CodeInput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.credential.OTPCredentialModel;

/** The authenticator apps of the user who signs in, and the one of them that the form names. */
final class UserOtpCredentials {

    /** The field of Keycloak's form that names the device. */
    private static final String FIELD = "selectedCredentialId";

    /** What apps and password managers put between the digits. */
    private static final String SEPARATORS = "[\\s\\p{Pd}\\p{Cf}]";

    private final SubjectCredentialManager credentials;
    private final List<OTPCredentialModel> devices;
    private final @Nullable OTPCredentialModel selected;

    private UserOtpCredentials(
            SubjectCredentialManager credentials,
            List<OTPCredentialModel> devices,
            @Nullable OTPCredentialModel selected) {
        this.credentials = credentials;
        this.devices = devices;
        this.selected = selected;
    }

    /** Those of a request. As in Keycloak's form it is the first device unless the form names another of the user's. */
    static UserOtpCredentials of(AuthenticationFlowContext context) {
        SubjectCredentialManager credentials = context.getUser().credentialManager();
        List<OTPCredentialModel> devices = credentials
                .getStoredCredentialsByTypeStream(OTPCredentialModel.TYPE)
                .map(OTPCredentialModel::createFromCredentialModel)
                .toList();
        String named = context.getHttpRequest().getDecodedFormParameters().getFirst(FIELD);
        OTPCredentialModel first = devices.isEmpty() ? null : devices.get(0);
        OTPCredentialModel selected = devices.stream()
                .filter(device -> device.getId().equals(named))
                .findFirst()
                .orElse(first);
        return new UserOtpCredentials(credentials, devices, selected);
    }

    /** The id of the device; empty for a user whose OTP is kept by a user storage provider. */
    String selected() {
        return selected == null ? "" : selected.getId();
    }

    /** How many digits the code of the device has; 0 when that is not known. */
    int digits() {
        return selected == null || inUserStorage()
                ? 0
                : selected.getOTPCredentialData().getDigits();
    }

    /** Whether an app of the user can show this. What a user storage provider accepts, only that provider knows. */
    boolean couldBeOtp(String typed) {
        return hasFormOfOtp(plain(typed)) || (inUserStorage() && !typed.isBlank());
    }

    /** Whether the device shows this now; as Keycloak has it, once only unless the realm allows more. */
    boolean accepts(String typed) {
        String plain = plain(typed);
        String otp = hasFormOfOtp(plain) ? plain : typed;
        return credentials.isValid(new UserCredentialModel(selected(), OTPCredentialModel.TYPE, otp));
    }

    private boolean hasFormOfOtp(String plain) {
        return plain.chars().allMatch(symbol -> symbol >= '0' && symbol <= '9')
                && devices.stream()
                        .anyMatch(device -> device.getOTPCredentialData().getDigits() == plain.length());
    }

    @SuppressWarnings("deprecation") // the only way to learn of an OTP that a user storage provider keeps
    private boolean inUserStorage() {
        return credentials.getConfiguredUserStorageCredentialTypesStream().anyMatch(OTPCredentialModel.TYPE::equals);
    }

    private static String plain(String typed) {
        return CodeInput.normalized(typed).replaceAll(SEPARATORS, "");
    }
}
