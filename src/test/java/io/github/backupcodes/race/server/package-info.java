/** What the tests add to a server, in a provider jar of its own: see {@code TestProviders}. */
@NullMarked
package io.github.backupcodes.race.server;

import org.jspecify.annotations.NullMarked;
