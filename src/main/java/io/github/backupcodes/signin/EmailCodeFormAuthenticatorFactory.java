package io.github.backupcodes.signin;

import io.github.backupcodes.support.CredentialTypes;

/** Creates the authenticator {@code email-code-form}. */
public final class EmailCodeFormAuthenticatorFactory extends VerificationCodeFormAuthenticatorFactory {

    /** The id of the authenticator. */
    public static final String ID = "email-code-form";

    /** Called by Keycloak. */
    public EmailCodeFormAuthenticatorFactory() {
        super(CredentialTypes.EMAIL_CODE);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Email Code";
    }

    @Override
    public String getHelpText() {
        return "Sends a code to the verified address of users who have set up codes by email, and asks for it. Place it as an"
                + " alternative after the other second factors. NIST SP 800-63B-4 (3.1.3.1) and OWASP ASVS 5.0 (6.6) do not accept"
                + " email as a second factor: everybody who reads the mailbox passes.";
    }
}
