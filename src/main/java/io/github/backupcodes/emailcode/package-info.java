/** The second factor whose codes are sent by e-mail: its credential, its set-up and its mails. */
@NullMarked
package io.github.backupcodes.emailcode;

import org.jspecify.annotations.NullMarked;
