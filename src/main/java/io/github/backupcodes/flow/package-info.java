/**
 * Reads the realm's authentication flows: which credentials they accept, at which level, and which second factors a user
 * has or can set up.
 */
@NullMarked
package io.github.backupcodes.flow;

import org.jspecify.annotations.NullMarked;
