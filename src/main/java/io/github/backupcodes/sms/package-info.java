/** The second factor whose codes are sent by text message: its credential, its set-up and its messages. */
@NullMarked
package io.github.backupcodes.sms;

import org.jspecify.annotations.NullMarked;
