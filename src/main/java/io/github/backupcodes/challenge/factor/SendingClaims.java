package io.github.backupcodes.challenge.factor;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.SendingLimit;
import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.challenge.store.SendingClaim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.RealmModel;

/**
 * Builds the list of limits that a message counts for. Each factor has limits of its own, and so has each purpose: somebody who sets a
 * factor up cannot use up the place of somebody who signs in. The order of the limits is the same for all messages of one purpose.
 */
public final class SendingClaims {

    /** The attribute of the realm with the random value that subjects are hashed with; {@code setup} makes it. */
    public static final String SALT = "backup-codes.sending-limits";

    /** The kind of the limits that all users of a realm share. */
    public static final String REALM = "realm";

    /** The kind of the limits that all numbers with one calling code share. */
    public static final String CALLING_CODE = "calling_code";

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final RealmModel realm;
    private final String type;
    private final ChallengePurpose purpose;
    private final List<SendingClaim> claims = new ArrayList<>();

    /** Takes what the messages are for: a realm, the type of the credential, and the purpose. */
    public SendingClaims(RealmModel realm, String type, ChallengePurpose purpose) {
        this.realm = realm;
        this.type = type;
        this.purpose = purpose;
    }

    /**
     * Adds a limit for an hour; returns itself.
     *
     * @param kind    the name in metrics
     * @param most    how many messages are allowed; 0 for no limit
     * @param subject whom the limit is for; only its hash is stored
     */
    public SendingClaims hourly(String kind, int most, String subject) {
        return add(kind, HOUR, most, subject);
    }

    /** Adds a limit for a day, like {@link #hourly}; returns itself. */
    public SendingClaims daily(String kind, int most, String subject) {
        return add(kind, DAY, most, subject);
    }

    private SendingClaims add(String kind, Duration window, int most, String subject) {
        if (most > 0) {
            claims.add(new SendingClaim(
                    new SendingLimit(kind, purpose, window, most),
                    SingleUseKey.of("su", realm.getId(), salt(), type, kind, subject)
                            .value()));
        }
        return this;
    }

    /** Not a signing key: when that is replaced, the limits must hold. */
    private String salt() {
        String salt = realm.getAttribute(SALT);
        return salt == null ? "" : salt;
    }

    /** The limits, in the order in which they were added. */
    public List<SendingClaim> list() {
        return List.copyOf(claims);
    }
}
