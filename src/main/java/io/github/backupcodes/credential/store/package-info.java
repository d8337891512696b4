/**
 * The rows of credentials: locking, reading past caches, writing, removing, and the SQL of each database around a lock.
 */
@NullMarked
package io.github.backupcodes.credential.store;

import org.jspecify.annotations.NullMarked;
