/** A second factor of another extension, in a provider jar of its own: see {@code TestProviders}. */
@NullMarked
package io.github.backupcodes.enrollment.server;

import org.jspecify.annotations.NullMarked;
