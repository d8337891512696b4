/** The policy of a realm: typed, with defaults and validation in one place. */
@NullMarked
package io.github.backupcodes.policy;

import org.jspecify.annotations.NullMarked;
