/** What several features need, and what knows none of them. */
@NullMarked
package io.github.backupcodes.support;

import org.jspecify.annotations.NullMarked;
