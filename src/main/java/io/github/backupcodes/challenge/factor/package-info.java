/**
 * A second factor whose codes are sent, however they are sent: its credential, its set-up and its sending. What differs between mails and
 * text messages is a {@code VerificationCodeFactor}.
 */
@NullMarked
package io.github.backupcodes.challenge.factor;

import org.jspecify.annotations.NullMarked;
