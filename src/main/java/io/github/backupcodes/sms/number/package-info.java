/** Phone numbers for text messages: which ones are valid and allowed. The only package that uses libphonenumber; it knows nothing of Keycloak. */
@NullMarked
package io.github.backupcodes.sms.number;

import org.jspecify.annotations.NullMarked;
