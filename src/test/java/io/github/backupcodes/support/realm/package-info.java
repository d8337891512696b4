/** Realms, users, and the HTTP client of the tests. */
@NullMarked
package io.github.backupcodes.support.realm;

import org.jspecify.annotations.NullMarked;
