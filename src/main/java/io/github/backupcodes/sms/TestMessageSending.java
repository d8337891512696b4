package io.github.backupcodes.sms;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.SendingLimit;
import io.github.backupcodes.challenge.factor.SendingClaims;
import io.github.backupcodes.challenge.store.SendingClaim;
import io.github.backupcodes.challenge.store.SingleUseStore;
import io.github.backupcodes.challenge.store.StoreUnavailableException;
import io.github.backupcodes.sms.message.SmsTextKey;
import io.github.backupcodes.sms.number.PhoneNumber;
import io.github.backupcodes.sms.sender.SmsMessage;
import io.github.backupcodes.sms.sender.SmsOutcome;
import io.github.backupcodes.sms.sender.SmsPurpose;
import io.github.backupcodes.sms.sender.SmsSenders;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Sends the message by which an administrator tests the gateway of a realm. */
public final class TestMessageSending {

    /** The maximum number of tests of a realm in an hour, on all servers together. */
    public static final int MOST_AN_HOUR = 5;

    private final KeycloakSession session;
    private final RealmModel realm;

    /**
     * Takes the realm.
     *
     * @param session a session whose realm is the realm
     * @param realm   the realm
     */
    public TestMessageSending(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Sends one message, which counts whatever becomes of it. It waits for the gateway, at most 8 seconds.
     *
     * @return what became of it; empty if there were {@value #MOST_AN_HOUR} in this hour
     * @throws StoreUnavailableException if it cannot be counted; then nothing is sent
     */
    public Optional<SmsOutcome> send(PhoneNumber number) {
        // of its own, so that no row is locked while the gateway is asked, and a rollback does not give the place back
        boolean counted = KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(), own -> count(own, Instant.now()));
        return counted
                ? Optional.of(
                        SmsSenders.of(session, realm).prepare(message(number)).get())
                : Optional.empty();
    }

    private boolean count(KeycloakSession own, Instant now) {
        SendingClaim claim = new SendingClaims(realm, CredentialTypes.SMS_CODE, ChallengePurpose.SET_UP)
                .hourly("test", MOST_AN_HOUR, "")
                .list()
                .get(0);
        SendingLimit limit = claim.limit();
        long window = limit.windowAt(now);
        return new SingleUseStore(own)
                .reserveFirst(limit.placeKeys(claim.subject(), window), limit.secondsLeft(window, now))
                .isPresent();
    }

    private SmsMessage message(PhoneNumber number) {
        return SmsMessages.of(session, realm).withoutCode(SmsPurpose.TEST, SmsTextKey.TEST, number.e164());
    }
}
