package io.github.backupcodes.admin.setup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.ws.rs.WebApplicationException;
import org.jspecify.annotations.Nullable;

/**
 * What the set-up of a realm shall do beyond the usual. Fields that are absent are as in {@link #USUAL}.
 *
 * @param authenticator        {@code backup-code-form}, the usual one, is added beside the OTP form;
 *                             {@code otp-or-backup-code-form} takes its place
 * @param defaultAction        whether every new user is asked for codes at the first sign-in
 * @param disableRecoveryCodes whether Keycloak's own recovery codes are switched off, in the flow and as an action
 * @param loginVerification    what becomes of the required action that turns login verification on: {@code available}, the
 *                             usual one, registers and enables it; {@code default} asks every new user as well; {@code off}
 *                             leaves it as it is
 * @param firstBrokerFlow      whether codes are accepted where a user links an account at the first sign-in through an
 *                             identity provider
 * @param directGrantFlow      whether codes are accepted in direct grants
 * @param resetFlow            whether the reset of a password asks for the second factor or a code
 * @param resetWithSecondFactorOnly as before, and refuses those who have neither
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record SetupOptions(
        @Nullable String authenticator,
        @Nullable Boolean defaultAction,
        @Nullable Boolean disableRecoveryCodes,
        @Nullable String loginVerification,
        @Nullable Boolean firstBrokerFlow,
        @Nullable Boolean directGrantFlow,
        @Nullable Boolean resetFlow,
        @Nullable Boolean resetWithSecondFactorOnly) {

    /** Adds the form beside the OTP form, and nothing else. */
    public static final SetupOptions USUAL = new SetupOptions(null, null, null, null, null, null, null, null);

    /**
     * What becomes of login verification.
     *
     * @throws WebApplicationException 400 when it is none of the words
     */
    LoginVerificationOption verification() {
        return LoginVerificationOption.of(loginVerification);
    }

    boolean makesDefaultAction() {
        return Boolean.TRUE.equals(defaultAction);
    }

    boolean disablesRecoveryCodes() {
        return Boolean.TRUE.equals(disableRecoveryCodes);
    }

    boolean changesFirstBrokerFlow() {
        return Boolean.TRUE.equals(firstBrokerFlow);
    }

    boolean changesDirectGrantFlow() {
        return Boolean.TRUE.equals(directGrantFlow);
    }

    boolean changesResetFlow() {
        return Boolean.TRUE.equals(resetFlow) || resetsWithSecondFactorOnly();
    }

    boolean resetsWithSecondFactorOnly() {
        return Boolean.TRUE.equals(resetWithSecondFactorOnly);
    }
}
