/**
 * Mails to users about their codes. A request only says what there is to tell; the mail is made and sent after its
 * transaction, beside it, in a transaction of its own.
 */
@NullMarked
package io.github.backupcodes.notification;

import org.jspecify.annotations.NullMarked;
