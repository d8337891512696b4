package io.github.backupcodes.admin.setup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value object: what the set-up of a realm does beyond the defaults. Absent fields are as in {@link #USUAL}.
 *
 * @param authenticator             {@code backup-code-form}, the default, is added beside the OTP form; {@code
 *     otp-or-backup-code-form} replaces it
 * @param defaultAction             whether new users are asked for codes at the first sign-in
 * @param disableRecoveryCodes      whether Keycloak's own recovery codes are disabled, in the flow and as an action
 * @param loginVerification         what to do with the required action that turns on login verification: {@code
 *     available}, the default, registers and enables it; {@code default} also asks every new user; {@code off} leaves
 *     it unchanged
 * @param emailCode                 whether codes by e-mail are a second factor: the required action is enabled, and every
 *     flow in which users sign in asks for them
 * @param smsCode                   whether codes by text message are a second factor, likewise; password resets ask for them too
 * @param acceptRestricted          whether codes by text message may be the only kind of second factor that the realm offers (NIST SP
 *     800-63B-4, 3.2.9)
 * @param firstBrokerFlow           whether codes are accepted when a user links an account at the first sign-in through
 *     an identity provider; if absent, as {@code emailCode} or {@code smsCode}
 * @param directGrantFlow           whether codes are accepted in direct grants; likewise
 * @param resetFlow                 whether password resets require the second factor or a code; as {@code
 *     smsCode} if absent
 * @param resetWithSecondFactorOnly the same, and refuses users who have neither
 * @param lostPage                  whether the page for users who have neither second factor nor code is added to each of
 *     these flows that has pages; true is the default
 * @param helpContact               whom users contact for help: written to the setting {@code help-contact}; empty to remove
 *     it, null to leave it unchanged
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record SetupOptions(
        @Nullable String authenticator,
        @Nullable Boolean defaultAction,
        @Nullable Boolean disableRecoveryCodes,
        @Nullable String loginVerification,
        @Nullable Boolean emailCode,
        @Nullable Boolean smsCode,
        @Nullable Boolean acceptRestricted,
        @Nullable Boolean firstBrokerFlow,
        @Nullable Boolean directGrantFlow,
        @Nullable Boolean resetFlow,
        @Nullable Boolean resetWithSecondFactorOnly,
        @Nullable Boolean lostPage,
        @Nullable String helpContact) {

    /** Adds the form beside the OTP form, and the page for users who have lost everything. */
    public static final SetupOptions USUAL =
            new SetupOptions(null, null, null, null, null, null, null, null, null, null, null, null, null);

    /**
     * The option for login verification.
     *
     * @throws WebApplicationException 400 if it has an unsupported value
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

    /** The forms for codes that are sent which the options add. */
    List<VerificationCodeForm> sentCodes() {
        return VerificationCodeForm.those(form -> Boolean.TRUE.equals(
                switch (form) {
                    case SMS -> smsCode;
                    case EMAIL -> emailCode;
                }));
    }

    boolean addsSentCodes() {
        return !sentCodes().isEmpty();
    }

    boolean addsSmsCode() {
        return Boolean.TRUE.equals(smsCode);
    }

    boolean acceptsRestricted() {
        return Boolean.TRUE.equals(acceptRestricted);
    }

    /** The same without codes that are sent. */
    SetupOptions withoutSentCodes() {
        return new SetupOptions(
                authenticator,
                defaultAction,
                disableRecoveryCodes,
                loginVerification,
                false,
                false,
                acceptRestricted,
                firstBrokerFlow,
                directGrantFlow,
                resetFlow,
                resetWithSecondFactorOnly,
                lostPage,
                helpContact);
    }

    boolean changesFirstBrokerFlow() {
        return firstBrokerFlow == null ? addsSentCodes() : firstBrokerFlow;
    }

    boolean changesDirectGrantFlow() {
        return directGrantFlow == null ? addsSentCodes() : directGrantFlow;
    }

    boolean changesResetFlow() {
        return (resetFlow == null ? addsSmsCode() : resetFlow) || resetsWithSecondFactorOnly();
    }

    boolean resetsWithSecondFactorOnly() {
        return Boolean.TRUE.equals(resetWithSecondFactorOnly);
    }

    boolean addsLostPage() {
        return !Boolean.FALSE.equals(lostPage);
    }
}
