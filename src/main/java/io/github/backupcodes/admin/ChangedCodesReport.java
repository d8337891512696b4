package io.github.backupcodes.admin;

/**
 * What became of codes that were changed in some time.
 *
 * @param users    from how many users codes were taken
 * @param failed   how many users still have theirs: they were in use just then, or the user could not be loaded
 * @param complete whether nothing is left but of those; otherwise the same request goes on
 */
public record ChangedCodesReport(int users, int failed, boolean complete) {}
