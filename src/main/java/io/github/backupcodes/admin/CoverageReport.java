package io.github.backupcodes.admin;

import java.util.List;

/**
 * How well the users of a realm are covered. Each enabled user with a second factor or a passkey is in exactly one of the four counts
 * {@code usable}, {@code low}, {@code expired} and {@code none}.
 *
 * @param usersWithSecondFactor enabled users who have a second factor, Keycloak's or another extension's, or a passkey
 * @param usable                of these: with more codes left than the policy calls few
 * @param low                   with few codes left, but at least one
 * @param expired               with a set whose life is over
 * @param none                  without a set, or with one that is used up or disabled, but has not expired
 * @param withoutVerifiedEmail  of those in {@code usable} or {@code low}: whom no mail about their codes reaches, for Keycloak
 *                              keeps no verified address of theirs
 * @param users                 a page of the users in {@code expired} or {@code none}, by id
 */
public record CoverageReport(
        long usersWithSecondFactor,
        long usable,
        long low,
        long expired,
        long none,
        long withoutVerifiedEmail,
        List<Uncovered> users) {

    /** Copies the page. */
    public CoverageReport {
        users = List.copyOf(users);
    }

    /**
     * A user whom no backup code would help.
     *
     * @param id       the id
     * @param username the name
     * @param state    {@code none} or {@code expired}
     */
    public record Uncovered(String id, String username, String state) {}
}
