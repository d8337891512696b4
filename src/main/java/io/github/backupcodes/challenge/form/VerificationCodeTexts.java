package io.github.backupcodes.challenge.form;

import io.github.backupcodes.policy.VerificationCodePolicy;
import java.time.Duration;

/**
 * Value object: what a page for codes of one kind says.
 *
 * @param field       the name of the field
 * @param title       the message key of the title
 * @param sent        the message key of the text that says that a code was sent
 * @param help        the message key of the text below the field
 * @param destination where codes are sent to, masked
 * @param digits      how many digits a code has
 * @param validity    how long a code works
 */
public record VerificationCodeTexts(
        String field, String title, String sent, String help, String destination, int digits, Duration validity) {

    /**
     * The texts of a factor.
     *
     * @param suffix      the end of the message keys, for example {@code Email}
     * @param page        what follows it in the key of the text below the field: empty, or {@code Setup}
     * @param destination where codes are sent to, masked
     */
    public static VerificationCodeTexts of(
            String field, String suffix, String page, String destination, VerificationCodePolicy policy) {
        return new VerificationCodeTexts(
                field,
                "verificationCodeTitle" + suffix,
                "verificationCodeSent" + suffix,
                "verificationCodeHelp" + suffix + page,
                destination,
                policy.digits(),
                policy.validity());
    }
}
