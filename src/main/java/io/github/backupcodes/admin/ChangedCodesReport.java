package io.github.backupcodes.admin;

/**
 * Value object: the result of revoking codes that were changed in a period.
 *
 * @param users    the number of users whose codes were revoked
 * @param failed   the number of users who still have their codes: these were in use, or the user could not be loaded
 * @param complete whether only those are left; otherwise the same request continues
 */
public record ChangedCodesReport(int users, int failed, boolean complete) {}
