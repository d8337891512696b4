package io.github.backupcodes.challenge.form;

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
        String field, String title, String sent, String help, String destination, int digits, Duration validity) {}
