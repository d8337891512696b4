/** The browser of the tests. */
@NullMarked
package io.github.backupcodes.support.browser;

import org.jspecify.annotations.NullMarked;
