/** How challenges, tries and limits of sending are kept among Keycloak's single-use objects, and the key that codes are derived with. */
@NullMarked
package io.github.backupcodes.challenge.store;

import org.jspecify.annotations.NullMarked;
