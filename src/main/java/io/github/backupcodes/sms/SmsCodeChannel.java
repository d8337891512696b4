package io.github.backupcodes.sms;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.VerificationCode;
import io.github.backupcodes.challenge.store.MessageChannel;
import io.github.backupcodes.challenge.store.MessageNotSentException;
import io.github.backupcodes.challenge.store.MessageNotSentException.Reason;
import io.github.backupcodes.challenge.store.VerificationCodeCredentialModel;
import io.github.backupcodes.challenge.store.VerificationCodeState;
import io.github.backupcodes.challenge.store.VerificationCodeStore;
import io.github.backupcodes.challenge.store.VerificationMessage;
import io.github.backupcodes.notification.NotificationContext;
import io.github.backupcodes.policy.SiteName;
import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.sms.message.SmsText;
import io.github.backupcodes.sms.message.SmsTextKey;
import io.github.backupcodes.sms.sender.SmsMessage;
import io.github.backupcodes.sms.sender.SmsOutcome;
import io.github.backupcodes.sms.sender.SmsPurpose;
import io.github.backupcodes.sms.sender.SmsSenders;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Sends codes by text message.
 *
 * @param context when, where and by which application the code was requested
 * @param purpose what the code is for
 * @param factor  the factor
 */
record SmsCodeChannel(NotificationContext context, ChallengePurpose purpose, SmsCodeFactor factor)
        implements MessageChannel {

    @Override
    public String name() {
        return SmsCodeFactor.CHANNEL;
    }

    /** At set-up the number is not stored yet. */
    @Override
    public boolean isDestinationOf(KeycloakSession session, UserModel user, String destination) {
        return factor.isConfirmed(session, user, destination)
                && (purpose == ChallengePurpose.SET_UP
                        || new VerificationCodeStore(session, user, factor.type())
                                .cached()
                                .flatMap(VerificationCodeCredentialModel::state)
                                .map(VerificationCodeState::destination)
                                .filter(destination::equals)
                                .isPresent());
    }

    @Override
    public MessageDelivery prepare(
            KeycloakSession session, UserModel user, VerificationMessage message, VerificationCode code) {
        RealmModel realm = session.getContext().getRealm();
        String realmName = realm.getName();
        String destination = message.scope().destination();
        String callingCode = factor.countedCallingCode(realm, destination);
        SmsMessages messages = SmsMessages.of(session, user, context);
        SmsTextKey key = purpose == ChallengePurpose.SIGN_IN ? SmsTextKey.CODE : SmsTextKey.SETUP;
        String text = SmsText.withCode(
                arguments -> messages.text(key, arguments), code.digits(), SiteName.of(realm), host(realm));
        Supplier<SmsOutcome> sending = SmsSenders.of(session, realm)
                .prepare(new SmsMessage(
                        id(message),
                        destination,
                        text,
                        "",
                        messages.locale().toLanguageTag(),
                        purpose == ChallengePurpose.SIGN_IN ? SmsPurpose.SIGN_IN : SmsPurpose.SET_UP));
        return () -> {
            SmsOutcome outcome = sending.get();
            if (outcome instanceof SmsOutcome.Accepted) {
                factor.count(realmName, callingCode, "sent");
            } else if (outcome instanceof SmsOutcome.Unavailable unavailable) {
                factor.count(realmName, callingCode, "failed");
                throw new MessageNotSentException(unavailable.mayHaveBeenSent() ? Reason.UNCERTAIN : Reason.FAILED);
            } else {
                factor.count(realmName, callingCode, "refused");
                throw new MessageNotSentException(Reason.REFUSED);
            }
        };
    }

    @Override
    public boolean sendsInTransaction() {
        return false;
    }

    /** The host to which browsers give the code; null if the realm does not want that, or if the request chose the host. */
    private @Nullable String host(RealmModel realm) {
        URI base = context.baseUri();
        return base == null || !SmsCodePolicy.of(realm).webOtp() ? null : base.getHost();
    }

    /** The same for each try of one sending. It is a hash, which reveals nothing. */
    private static String id(VerificationMessage message) {
        String key = message.challenge().messageKey(message.number()).value();
        return key.substring(key.lastIndexOf(':') + 1);
    }

    /** Failures always; what was sent only if the realm wants that. */
    @Override
    public void record(KeycloakSession session, UserModel user, VerificationMessage message, boolean sent) {
        RealmModel realm = session.getContext().getRealm();
        if (sent && !SmsCodePolicy.of(realm).recordsSentMessages()) {
            return;
        }
        EventBuilder event = new EventBuilder(realm, session)
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .user(user)
                .ipAddress(context.address())
                .detail(Details.CUSTOM_REQUIRED_ACTION, SmsCodePolicy.REQUIRED_ACTION)
                .detail(Details.CREDENTIAL_TYPE, factor.type())
                .detail("message_channel", name())
                .detail("message_purpose", purpose.id())
                .detail("message_destination", factor.label(message.scope().destination()))
                .storeImmediately(false);
        if (sent) {
            event.success();
        } else {
            event.error(Errors.GENERIC_AUTHENTICATION_ERROR);
        }
    }
}
