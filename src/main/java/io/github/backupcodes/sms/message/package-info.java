/** The text of messages to phones: its words, its last line for browsers, its encoding and length. It knows nothing of Keycloak. */
@NullMarked
package io.github.backupcodes.sms.message;

import org.jspecify.annotations.NullMarked;
