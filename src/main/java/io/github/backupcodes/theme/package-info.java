/** What the server does not find of our themes by itself. */
@NullMarked
package io.github.backupcodes.theme;

import org.jspecify.annotations.NullMarked;
