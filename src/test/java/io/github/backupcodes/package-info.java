/** Tests of the whole. */
@NullMarked
package io.github.backupcodes;

import org.jspecify.annotations.NullMarked;
