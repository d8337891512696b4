package io.github.backupcodes.signin;

import io.github.backupcodes.code.CodeInput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.credential.OTPCredentialModel;

/** The OTP credentials of the user who signs in, and the one of them that the form has selected. */
final class UserOtpCredentials {

    /** The field of Keycloak's form with the id of the selected credential. */
    private static final String FIELD = "selectedCredentialId";

    /** The characters that apps and password managers put between the digits. */
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

    /** Reads the selection of a request. Like in Keycloak's form it is the first credential unless the form names another one. */
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

    /** The id of the selected credential; empty for a user whose OTP is stored by a user storage provider. */
    String selected() {
        return selected == null ? "" : selected.getId();
    }

    /** How many digits its OTP has; 0 if that is not known. */
    int digits() {
        return selected == null || inUserStorage()
                ? 0
                : selected.getOTPCredentialData().getDigits();
    }

    /** Whether an app of the user can show this. Only a user storage provider itself knows what it accepts. */
    boolean couldBeOtp(String typed) {
        return hasFormOfOtp(plain(typed)) || (inUserStorage() && !typed.isBlank());
    }

    /** Whether this is a valid OTP now. Like everywhere in Keycloak, it is valid once unless the realm allows more. */
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
