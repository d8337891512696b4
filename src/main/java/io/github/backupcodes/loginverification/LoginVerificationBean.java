package io.github.backupcodes.loginverification;

import io.github.backupcodes.flow.SecondFactorOption;
import io.github.backupcodes.support.CredentialTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.OTPPolicy;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/**
 * The template model of the page that turns on login verification. Public, with getters, because FreeMarker reads it.
 */
public final class LoginVerificationBean {

    private final List<Factor> factors;
    private final boolean codesFollow;
    private final @Nullable String skippableUntil;
    private final boolean skippable;

    /**
     * Takes what the page shows.
     *
     * @param best the option that is recommended beside others; null for none
     * @param otp the realm's policy of authenticator apps
     */
    LoginVerificationBean(
            List<SecondFactorOption> offered,
            @Nullable SecondFactorOption best,
            OTPPolicy otp,
            boolean codesFollow,
            @Nullable String skippableUntil,
            boolean skippable) {
        this.factors = List.copyOf(offered.stream()
                .map(factor -> new Factor(factor, otp, offered.size() > 1 && factor.equals(best)))
                .toList());
        this.codesFollow = codesFollow;
        this.skippableUntil = skippableUntil;
        this.skippable = skippable;
    }

    /** The second factors that can be set up: at least one. */
    public List<Factor> getFactors() {
        return factors;
    }

    /** Whether backup codes are generated afterwards. */
    public boolean isCodesFollow() {
        return codesFollow;
    }

    /** The last day on which it can be postponed, in the user's language; null if there is none. */
    public @Nullable String getSkippableUntil() {
        return skippableUntil;
    }

    /** Whether it can be postponed. */
    public boolean isSkippable() {
        return skippable;
    }

    /** A second factor. */
    public static final class Factor {

        private static final String APP_HELP = "loginVerificationApp";
        private static final String KEY_HELP = "loginVerificationKey";
        private static final String EMAIL_HELP = "loginVerificationEmail";
        private static final String SMS_HELP = "loginVerificationSms";

        private final SecondFactorOption offered;
        private final OTPPolicy otp;
        private final boolean recommended;

        Factor(SecondFactorOption offered, OTPPolicy otp, boolean recommended) {
            this.offered = offered;
            this.otp = otp;
            this.recommended = recommended;
        }

        /** The type of the credential; it is submitted with the form. */
        public String getType() {
            return offered.type();
        }

        /** Its name: a message key, or the text itself. */
        public String getName() {
            return offered.name();
        }

        /**
         * Its description: a message key, or the text itself. Those of Keycloak are written for users who sign in with it; on
         * this page users do not have it yet. The argument is {@link #getSeconds}.
         */
        public String getHelp() {
            return switch (offered.type()) {
                case OTPCredentialModel.TYPE ->
                    OTPCredentialModel.TOTP.equals(otp.getType()) ? APP_HELP : offered.help();
                case WebAuthnCredentialModel.TYPE_TWOFACTOR -> KEY_HELP;
                case CredentialTypes.EMAIL_CODE -> EMAIL_HELP;
                case CredentialTypes.SMS_CODE -> SMS_HELP;
                default -> offered.help();
            };
        }

        /** After how many seconds an authenticator app shows a new code, as text. */
        public String getSeconds() {
            return String.valueOf(otp.getPeriod());
        }

        /** Whether it is recommended beside others: the first of the strong ones, as a rule the authenticator app. */
        public boolean isRecommended() {
            return recommended;
        }

        /** A property of the theme that holds the CSS classes of its icon, or these classes. */
        public String getIcon() {
            return offered.icon();
        }
    }
}
