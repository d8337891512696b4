/** Tests of codes by text message. */
package io.github.backupcodes.sms;
