/** What is in the heap of a server. */
@NullMarked
package io.github.backupcodes.support.heap;

import org.jspecify.annotations.NullMarked;
