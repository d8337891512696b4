/** The admin REST call that registers the required actions and the role and edits the flows of a realm. */
@NullMarked
package io.github.backupcodes.admin.setup;

import org.jspecify.annotations.NullMarked;
