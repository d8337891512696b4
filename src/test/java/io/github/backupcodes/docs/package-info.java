/** What {@code docs/} tells administrators to do, done. */
@NullMarked
package io.github.backupcodes.docs;

import org.jspecify.annotations.NullMarked;
