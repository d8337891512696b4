package io.github.backupcodes.signin;

import io.github.backupcodes.support.CredentialTypes;

/** Creates the authenticator {@code sms-code-form}. */
public final class SmsCodeFormAuthenticatorFactory extends VerificationCodeFormAuthenticatorFactory {

    /** The id of the authenticator. */
    public static final String ID = "sms-code-form";

    /** Called by Keycloak. */
    public SmsCodeFormAuthenticatorFactory() {
        super(CredentialTypes.SMS_CODE);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "SMS Code";
    }

    @Override
    public String getHelpText() {
        return "Sends a code by text message to users who have set up codes by text message, and asks for it. Place it as an"
                + " alternative after security key and authenticator app. Text messages are a restricted authenticator (NIST SP"
                + " 800-63B-4, 3.1.3.3): numbers can be taken over and messages intercepted.";
    }
}
