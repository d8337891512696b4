/** Secures the account of a user who reports "it was not me" by the link in a mail. */
@NullMarked
package io.github.backupcodes.notme;

import org.jspecify.annotations.NullMarked;
