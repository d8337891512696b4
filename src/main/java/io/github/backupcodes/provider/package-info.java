/** What is common to the providers of this extension. */
@NullMarked
package io.github.backupcodes.provider;

import org.jspecify.annotations.NullMarked;
