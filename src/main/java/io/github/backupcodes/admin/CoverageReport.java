package io.github.backupcodes.admin;

import java.util.List;

/**
 * Value object: how many users of a realm have usable backup codes. Each enabled user with a second factor or a passkey
 * is in exactly one of the four counts {@code usable}, {@code low}, {@code expired} and {@code none}.
 *
 * @param usersWithSecondFactor enabled users who have a second factor, Keycloak's or another extension's, or a passkey
 * @param usable                of these, those with more codes left than the policy's low threshold
 * @param low                   those with few codes left, but at least one
 * @param expired               those with an expired set
 * @param none                  those without a set, or with a set that is used up or disabled, but has not expired
 * @param withoutVerifiedEmail  of those in {@code usable} or {@code low}, those who cannot be notified by mail, because
 *     Keycloak has no verified address of theirs
 * @param emailOnly             of those in {@code usersWithSecondFactor}, those whose only second factor is codes by e-mail
 * @param smsOnly               of those in {@code usersWithSecondFactor}, those who have no other second factor than codes by text
 *     message, or by text message and e-mail
 * @param users                 a page of the users in {@code expired} or {@code none}, by id
 */
public record CoverageReport(
        long usersWithSecondFactor,
        long usable,
        long low,
        long expired,
        long none,
        long withoutVerifiedEmail,
        long emailOnly,
        long smsOnly,
        List<Uncovered> users) {

    /** Copies the page. */
    public CoverageReport {
        users = List.copyOf(users);
    }

    /**
     * Value object: a user without usable backup codes.
     *
     * @param id       the id
     * @param username the name
     * @param state    {@code none} or {@code expired}
     */
    public record Uncovered(String id, String username, String state) {}
}
