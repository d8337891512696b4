/** Codes are nowhere but in the page that shows them. */
@NullMarked
package io.github.backupcodes.secrets;

import org.jspecify.annotations.NullMarked;
