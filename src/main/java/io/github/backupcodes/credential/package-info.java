/** The credential type {@code backup-codes}: how a set is stored, read and used up, on the row itself. */
@NullMarked
package io.github.backupcodes.credential;

import org.jspecify.annotations.NullMarked;
