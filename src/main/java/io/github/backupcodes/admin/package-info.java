/** What administrators call by REST, under {@code /admin/realms/{realm}/backup-codes}. */
@NullMarked
package io.github.backupcodes.admin;

import org.jspecify.annotations.NullMarked;
