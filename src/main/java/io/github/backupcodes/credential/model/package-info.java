/** How a backup code set is stored: the credential model and its JSON. */
@NullMarked
package io.github.backupcodes.credential.model;

import org.jspecify.annotations.NullMarked;
