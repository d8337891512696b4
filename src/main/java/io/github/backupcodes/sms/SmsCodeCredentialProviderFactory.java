package io.github.backupcodes.sms;

import io.github.backupcodes.challenge.factor.VerificationCodeCredentialProviderFactory;

/** Creates the credential providers of codes by text message. */
public final class SmsCodeCredentialProviderFactory extends VerificationCodeCredentialProviderFactory {

    /** Called by Keycloak. */
    public SmsCodeCredentialProviderFactory() {
        super(new SmsCodeFactor());
    }
}
