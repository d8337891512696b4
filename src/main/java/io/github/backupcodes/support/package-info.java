/** Small adapters to Keycloak that several packages share. */
@NullMarked
package io.github.backupcodes.support;

import org.jspecify.annotations.NullMarked;
