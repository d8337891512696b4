/**
 * Mails to users about their codes. A request only queues what is to be reported; the mail is composed and sent after
 * the request's transaction, asynchronously, in its own transaction.
 */
@NullMarked
package io.github.backupcodes.notification;

import org.jspecify.annotations.NullMarked;
