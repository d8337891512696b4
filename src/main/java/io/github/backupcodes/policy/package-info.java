/** The settings of a realm: typed and validated, with their defaults, and their form in the admin console. */
@NullMarked
package io.github.backupcodes.policy;

import org.jspecify.annotations.NullMarked;
