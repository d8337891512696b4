/** The admin REST API for backup codes, at {@code /admin/realms/{realm}/backup-codes}. */
@NullMarked
package io.github.backupcodes.admin;

import org.jspecify.annotations.NullMarked;
