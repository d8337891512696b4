/** The text of messages, without Keycloak. */
@NullMarked
package io.github.backupcodes.sms.message;

import org.jspecify.annotations.NullMarked;
