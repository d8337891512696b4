package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.form.VerificationCodeTexts;
import io.github.backupcodes.policy.EmailCodePolicy;

/** What the pages with the field for a code by e-mail have in common. */
public final class EmailCodeTexts {

    /** The name of the field, which also carries its errors. */
    public static final String FIELD = "emailCode";

    private EmailCodeTexts() {}

    /**
     * The texts of such a page.
     *
     * @param help        the message key of the text below the field
     * @param destination the address, masked
     */
    public static VerificationCodeTexts of(String help, String destination, EmailCodePolicy policy) {
        return new VerificationCodeTexts(
                FIELD,
                "verificationCodeTitleEmail",
                "verificationCodeSentEmail",
                help,
                destination,
                policy.digits(),
                policy.validity());
    }
}
