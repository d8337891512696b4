/** What is published, and how. */
@NullMarked
package io.github.backupcodes.release;

import org.jspecify.annotations.NullMarked;
