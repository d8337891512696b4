/** Servers that tests start: from the distribution, in containers, in clusters. */
@NullMarked
package io.github.backupcodes.support.server;

import org.jspecify.annotations.NullMarked;
