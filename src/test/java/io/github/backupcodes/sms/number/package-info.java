/** Tests of phone numbers. */
@NullMarked
package io.github.backupcodes.sms.number;

import org.jspecify.annotations.NullMarked;
