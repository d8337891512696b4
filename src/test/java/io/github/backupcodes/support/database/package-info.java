/** Databases that tests start. */
@NullMarked
package io.github.backupcodes.support.database;

import org.jspecify.annotations.NullMarked;
