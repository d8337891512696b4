/** Tests of the text of messages. */
@NullMarked
package io.github.backupcodes.sms.message;

import org.jspecify.annotations.NullMarked;
