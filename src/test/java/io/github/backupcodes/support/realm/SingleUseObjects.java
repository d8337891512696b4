package io.github.backupcodes.support.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.SendingLimit;
import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.challenge.factor.SendingClaims;
import io.github.backupcodes.race.server.SingleUseObjectResourceFactory;
import java.time.Duration;
import java.time.Instant;

/**
 * Ends what one way of sending codes keeps among Keycloak's single-use objects, as if its time had passed.
 *
 * @param realm the realm
 * @param type  of the credential
 */
public record SingleUseObjects(TestRealm realm, String type) {

    /** Lets the next code of this user be sent at once. */
    public void endGap(TestUser user) {
        JsonNode accepted = user.admin().credentials(type).isEmpty()
                ? MissingNode.getInstance()
                : user.admin().credentialData(type).path("accepted");
        String latest = accepted.isEmpty()
                ? ""
                : accepted.get(accepted.size() - 1).path("nonce").asText();
        end(SingleUseKey.of("gp", ChallengePurpose.SIGN_IN.id(), realmId(), user.id() + ' ' + type, latest));
    }

    /**
     * Empties the present hour of a limit below a hundred.
     *
     * @param kind    of the limit
     * @param subject whom it is for; empty if it is for the realm
     * @param most    how many messages it allows
     */
    public void endHour(ChallengePurpose purpose, String kind, String subject, int most) {
        JsonNode salt = realm.admin().representation().path("attributes").path(SendingClaims.SALT);
        String hashed = SingleUseKey.of("su", realmId(), salt.asText(), type, kind, subject)
                .value();
        SendingLimit limit = new SendingLimit(kind, purpose, Duration.ofHours(1), most);
        long window = limit.windowAt(Instant.now());
        for (int place = 0; place < limit.places(); place++) {
            end(limit.placeKey(hashed, window, place));
        }
        end(limit.fullKey(hashed, window));
    }

    private String realmId() {
        return realm.admin().representation().path("id").asText();
    }

    private void end(SingleUseKey key) {
        realm.admin().delete("/" + SingleUseObjectResourceFactory.ID + "/" + key.value());
    }
}
