/** What happens when a user says of a mail: it was not me. */
@NullMarked
package io.github.backupcodes.notme;

import org.jspecify.annotations.NullMarked;
