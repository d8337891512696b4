package io.github.backupcodes.sms;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.SendingLimit;
import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.challenge.factor.SendingClaims;
import io.github.backupcodes.challenge.store.SendingClaim;
import io.github.backupcodes.challenge.store.SingleUseStore;
import io.github.backupcodes.challenge.store.StoreUnavailableException;
import io.github.backupcodes.policy.SiteName;
import io.github.backupcodes.sms.message.SmsText;
import io.github.backupcodes.sms.message.SmsTextKey;
import io.github.backupcodes.sms.number.PhoneNumber;
import io.github.backupcodes.sms.sender.SmsMessage;
import io.github.backupcodes.sms.sender.SmsOutcome;
import io.github.backupcodes.sms.sender.SmsPurpose;
import io.github.backupcodes.sms.sender.SmsSenders;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
        List<SingleUseKey> places = IntStream.range(0, limit.places())
                .mapToObj(place -> limit.placeKey(claim.subject(), window, place))
                .toList();
        long seconds = Math.max(1, Duration.between(now, limit.endOf(window)).toSeconds());
        return new SingleUseStore(own).reserveFirst(places, seconds).isPresent();
    }

    private SmsMessage message(PhoneNumber number) {
        SmsMessages messages = SmsMessages.of(session, realm);
        return new SmsMessage(
                SmsPurpose.TEST.id() + '-' + KeycloakModelUtils.generateId(),
                number.e164(),
                SmsText.withoutCode(arguments -> messages.text(SmsTextKey.TEST, arguments), SiteName.of(realm)),
                "",
                messages.locale().toLanguageTag(),
                SmsPurpose.TEST);
    }
}
