package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.SendingLimit;
import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.challenge.store.SendingClaim;
import io.github.backupcodes.policy.EmailCodePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.RealmModel;

/**
 * The limits of sending codes by e-mail. Set-up and sign-in have budgets of their own, so that nobody who sets up can use up the place
 * of somebody who signs in. The order of the limits is the same everywhere.
 *
 * @param realm  the realm
 * @param policy its settings
 */
public record EmailCodeLimits(RealmModel realm, EmailCodePolicy policy) {

    /** The attribute of the realm with the random value that subjects are hashed with; {@code setup} makes it. */
    public static final String SALT = "backup-codes.sending-limits";

    /** The kind of the limits that all users of a realm share. */
    static final String REALM = "realm";

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int SETUP_DESTINATION_HOUR = 5;
    private static final int SETUP_DESTINATION_DAY = 10;
    private static final int SETUP_USER_HOUR = 10;

    /** The limits of a message for signing in. */
    List<SendingClaim> ofSignIn(String userId) {
        return List.of(
                claim("user", ChallengePurpose.SIGN_IN, HOUR, policy.signInHour(), userId),
                claim("user", ChallengePurpose.SIGN_IN, DAY, policy.signInDay(), userId),
                claim(REALM, ChallengePurpose.SIGN_IN, HOUR, policy.signInRealmHour(), ""));
    }

    /**
     * The limits of a message for setting up.
     *
     * @param destination the mail address, for all accounts together
     * @param userId      the id of the user
     * @param network     the network that the request comes from; empty if it is unknown, which counts as one network
     */
    List<SendingClaim> ofSetup(String destination, String userId, String network) {
        List<SendingClaim> claims = new ArrayList<>();
        claims.add(claim("destination", ChallengePurpose.SET_UP, HOUR, SETUP_DESTINATION_HOUR, destination));
        claims.add(claim("destination", ChallengePurpose.SET_UP, DAY, SETUP_DESTINATION_DAY, destination));
        claims.add(claim("user", ChallengePurpose.SET_UP, HOUR, SETUP_USER_HOUR, userId));
        if (policy.setupAddressHour() > 0) {
            claims.add(claim("address", ChallengePurpose.SET_UP, HOUR, policy.setupAddressHour(), network));
        }
        claims.add(claim(REALM, ChallengePurpose.SET_UP, HOUR, policy.setupRealmHour(), ""));
        return List.copyOf(claims);
    }

    private SendingClaim claim(String kind, ChallengePurpose purpose, Duration window, int most, String subject) {
        return new SendingClaim(
                new SendingLimit(kind, purpose, window, most),
                SingleUseKey.of("su", realm.getId(), salt(), kind, subject).value());
    }

    /** Not a signing key: when that is replaced, the limits must hold. */
    private String salt() {
        String salt = realm.getAttribute(SALT);
        return salt == null ? "" : salt;
    }
}
