/** Tests of what is read from flows. */
@NullMarked
package io.github.backupcodes.flow;

import org.jspecify.annotations.NullMarked;
