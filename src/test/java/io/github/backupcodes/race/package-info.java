/** Sign-ins that come at once: whether a code opens the door once, and no guess gets by uncounted. */
@NullMarked
package io.github.backupcodes.race;

import org.jspecify.annotations.NullMarked;
