/** Every flow in which a second factor is asked for. */
@NullMarked
package io.github.backupcodes.flows;

import org.jspecify.annotations.NullMarked;
