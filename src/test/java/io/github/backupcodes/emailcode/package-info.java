/** Tests of codes by e-mail, over HTTP and with a real mail server. */
@NullMarked
package io.github.backupcodes.emailcode;

import org.jspecify.annotations.NullMarked;
